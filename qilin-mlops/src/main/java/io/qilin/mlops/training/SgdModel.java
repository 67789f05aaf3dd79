package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A linear model that learns row by row by stochastic gradient descent, with the losses, penalties and learning rates of
 * scikit-learn's {@code SGDRegressor} and {@code SGDClassifier} and their names and defaults; {@link #parameters()} lists them.
 * Rows are taken in the order given. Classes are the labels 0 and 1.
 *
 * <p>Differences from scikit-learn 1.x: no averaging, no class weights, and {@code partialFit} does not shuffle. Confined to one
 * thread.
 */
public final class SgdModel implements IncrementalModel {
  private final ModelSignature signature;
  private final ParameterValues values;
  private final SgdSettings settings;
  private final SgdState state;

  SgdModel(ModelSignature signature, ParameterValues values, SgdState state) {
    this.signature = signature;
    this.values = values;
    this.settings = new SgdSettings(values);
    this.state = state;
  }

  /**
   * A model that knows nothing: all weights are 0.
   *
   * @param features the names of what it takes
   * @param parameters by name, see {@link #parameters()}
   * @throws QilinException INVALID_ARGUMENT for a parameter that is not known or out of range
   */
  public static SgdModel of(List<String> features, Map<String, String> parameters) {
    ParameterValues values = ParameterValues.read(SgdSettings.MODEL, parameters);
    ModelSignature signature = new ModelSignature(features, ModelSignature.Missing.NO_SCORE);
    return new SgdModel(
        signature, values, SgdState.empty(signature.width(), new SgdSettings(values).firstRate()));
  }

  /** What can be set: loss, penalty, rate. */
  public static List<TrainerParameter> parameters() {
    return SgdSettings.MODEL;
  }

  /**
   * Reads what {@link #state} gives, strictly; it learns on as if it had never been written.
   *
   * @throws QilinException MODEL_INVALID for anything else; LIMIT_EXCEEDED beyond 64 MiB
   */
  public static SgdModel parse(byte[] bytes) {
    return SgdFormat.read(bytes);
  }

  @Override
  public ModelSignature signature() {
    return signature;
  }

  /**
   * Learns from rows, once and in their order.
   *
   * @throws QilinException MODEL_MISMATCH if rows or labels are too short, a value is not finite, or a classifier's label is not
   *     0 or 1; TRAINING_FAILED if weights grow beyond all bounds. The model is as before then
   */
  @Override
  public void partialFit(double[] rows, double[] labels, int count) {
    requireRows(rows, labels, count);
    SgdState before = state.copy();
    int width = signature.width();
    for (int row = 0; row < count; row++) {
      state.learn(settings, rows, row * width, labels[row], 1);
    }
    if (!state.finite()) {
      state.set(before);
      throw diverged();
    }
  }

  static QilinException diverged() {
    return new QilinException(
        ErrorCode.TRAINING_FAILED,
        "the weights grow beyond all bounds; normalise the features, as ZScoreNorm does, or lower"
            + " eta0");
  }

  private void requireRows(double[] rows, double[] labels, int count) {
    RowPredictor.requireRows(signature, rows, count);
    if (labels.length < count) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          count + " rows need as many labels, there are " + labels.length);
    }
    int unknown = RowPredictor.firstUnknown(rows, 0, count * signature.width());
    if (unknown >= 0) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          QilinException.quote(signature.features().get(unknown % signature.width())) + " of row "
              + unknown / signature.width() + " is not known; fill it or leave the row out");
    }
    for (int row = 0; row < count; row++) {
      double label = labels[row];
      if (!Double.isFinite(label) || (settings.classes() && label != 0 && label != 1)) {
        throw new QilinException(
            ErrorCode.MODEL_MISMATCH,
            "the label of row " + row + " is " + label + "; it must be "
                + (settings.classes() ? "0 or 1" : "finite"));
      }
    }
  }

  /** Scores rows: the probability of 1 for {@code log_loss}, the sum for every other loss. */
  @Override
  public void predict(double[] rows, int count, double[] scores) {
    try (Predictor predictor = linear().predictor()) {
      predictor.predict(rows, count, scores);
    }
  }

  /** The model as it is now, which learns no more. */
  public LinearModel linear() {
    return new LinearModel(signature, settings.link(), state.weights(), state.intercept());
  }

  /** How many rows it has learnt from. */
  public long rowsSeen() {
    return state.steps() - 1;
  }

  @Override
  public SgdModel copy() {
    return new SgdModel(signature, values, state.copy());
  }

  @Override
  public byte[] state() {
    return SgdFormat.write(this).getBytes(StandardCharsets.UTF_8);
  }

  ParameterValues values() {
    return values;
  }

  SgdSettings settings() {
    return settings;
  }

  SgdState inner() {
    return state;
  }
}
