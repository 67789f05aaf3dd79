package io.qilin.mlops.training;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;

/** A form in which models are kept as bytes. Safe to share. {@link ModelFormats} has those of this library. */
public interface ModelFormat {
  /** What names it in a registry, for example {@code qilin-linear-1}. */
  String kind();

  /**
   * Opens a model. The bytes may come from anywhere: they are checked before anything is made of them.
   *
   * @param signature what the model takes
   * @throws QilinException MODEL_INVALID for bytes that are no such model, UNSUPPORTED for a kind of it that is not offered,
   *     MODEL_MISMATCH if it takes other features than the signature, LIMIT_EXCEEDED
   */
  Predictor open(ModelSignature signature, byte[] bytes);
}
