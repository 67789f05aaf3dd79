package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;

/** The forms of models that this library reads without native code. */
public final class ModelFormats {
  /** Linear and logistic models: {@link LinearModel}, as strict JSON. */
  public static final ModelFormat LINEAR = new LinearFormat();

  /** Boosted trees: LightGBM's text model, see {@link TreeEnsemble}. */
  public static final ModelFormat LIGHTGBM = new LightGbmFormat();

  /** A learner by stochastic gradient descent with all its state: {@link SgdModel}, as strict JSON. */
  public static final ModelFormat SGD = new SgdFormat();

  private static final List<ModelFormat> ALL = List.of(LINEAR, LIGHTGBM, SGD);

  private ModelFormats() {}

  /** All of them. */
  public static List<ModelFormat> all() {
    return ALL;
  }

  /**
   * The format of that kind.
   *
   * @throws QilinException UNSUPPORTED with the kinds there are
   */
  public static ModelFormat of(String kind) {
    for (ModelFormat format : ALL) {
      if (format.kind().equals(kind)) {
        return format;
      }
    }
    throw new QilinException(
        ErrorCode.UNSUPPORTED,
        "no model format is named " + QilinException.quote(kind) + "; there are "
            + ALL.stream().map(ModelFormat::kind).toList());
  }
}
