package io.qilin.mlops.serving;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.bundle.GoldenRows;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a version and tries it, before anybody relies on it. What fails is closed again. */
final class ModelPreparation {
  private static final Logger LOG = LoggerFactory.getLogger(ModelPreparation.class);

  private final ModelOpener opener;
  private final Function<ModelVersion, Optional<GoldenRows>> golden;

  ModelPreparation(ModelOpener opener, Function<ModelVersion, Optional<GoldenRows>> golden) {
    this.opener = opener;
    this.golden = golden;
  }

  /**
   * A version that is ready.
   *
   * @param beside what the version takes that serves now
   */
  Predictor prepare(ModelVersion version, @Nullable ModelSignature beside) {
    Predictor predictor = null;
    boolean ready = false;
    try {
      if (beside != null) {
        version.draft().signature().requireSame(beside.features());
      }
      predictor = opened(version);
      version.draft().signature().requireSame(predictor.signature().features());
      Optional<GoldenRows> rows = golden.apply(version);
      if (rows.isPresent()) {
        rows.get().require(predictor);
      }
      ready = true;
      return predictor;
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID, version.id() + " could not be opened: " + e, e);
    } finally {
      if (!ready && predictor != null) {
        discard(predictor);
      }
    }
  }

  /** What foreign code gives, which may be null. */
  private Predictor opened(ModelVersion version) {
    Predictor predictor = opener.open(version);
    if (predictor == null) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID, "the opener gave nothing for " + version.id());
    }
    return predictor;
  }

  private static void discard(Predictor predictor) {
    try {
      predictor.close();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.warn("a model that was refused could not be closed", e);
    }
  }
}
