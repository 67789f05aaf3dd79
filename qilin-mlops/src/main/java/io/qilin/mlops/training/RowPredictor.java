package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import java.util.Objects;

/** What the predictors in plain Java share: they look at the rows first, hold no native memory and no state but whether they are closed. */
abstract class RowPredictor implements Predictor {
  private final ModelSignature signature;
  private volatile boolean closed;

  RowPredictor(ModelSignature signature) {
    this.signature = Objects.requireNonNull(signature, "signature");
  }

  @Override
  public final ModelSignature signature() {
    return signature;
  }

  @Override
  public final void predict(double[] rows, int count, double[] scores) {
    if (closed) {
      throw QilinException.invalid("the predictor is closed; open another from the model");
    }
    requireRows(signature, rows, count);
    if (scores.length < count) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          count + " rows give as many scores, there is place for " + scores.length);
    }
    score(rows, count, scores);
    if (!finite(scores, count)) {
      requireScores(rows, count, scores);
    }
  }

  /** Writes one score a row; rows hold no infinite value. */
  abstract void score(double[] rows, int count, double[] scores);

  @Override
  public final void close() {
    closed = true;
  }

  /** A score that is no number is right only where the row has a value that is not known, and the model says so. */
  private void requireScores(double[] rows, int count, double[] scores) {
    int width = signature.width();
    for (int row = 0; row < count; row++) {
      boolean unknown = signature.missing() == ModelSignature.Missing.NO_SCORE
          && Double.isNaN(scores[row])
          && firstUnknown(rows, row * width, width) >= 0;
      if (!unknown && !Double.isFinite(scores[row])) {
        throw new QilinException(
            ErrorCode.MODEL_OUTPUT,
            "the model gave " + scores[row] + " for row " + row
                + " of known values; its weights are" + " too large for these features");
      }
    }
  }

  /**
   * Looks at rows that are to be scored.
   *
   * @throws QilinException MODEL_MISMATCH if there are fewer than said, or a value is infinite
   */
  static void requireRows(ModelSignature signature, double[] rows, int count) {
    int width = signature.width();
    if (count < 0 || (long) count * width > rows.length) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          count + " rows of " + width + " features take " + (long) count * width
              + " places, there are " + rows.length);
    }
    int places = count * width;
    if (finite(rows, places)) {
      return;
    }
    for (int i = 0; i < places; i++) {
      if (Double.isInfinite(rows[i])) {
        throw new QilinException(
            ErrorCode.MODEL_MISMATCH,
            "row " + i / width + " has " + rows[i] + " as "
                + QilinException.quote(signature.features().get(i % width))
                + "; make it NaN, or replace it as ProcessInf does");
      }
    }
  }

  /** Whether the first values are all finite: a number times 0 is 0 then, and only then. */
  static boolean finite(double[] values, int count) {
    double a = 0;
    double b = 0;
    int i = 0;
    for (; i + 1 < count; i += 2) {
      a += values[i] * 0;
      b += values[i + 1] * 0;
    }
    if (i < count) {
      a += values[i] * 0;
    }
    return a + b == 0;
  }

  /** The place of the first NaN from an offset on, or -1. */
  static int firstUnknown(double[] values, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (Double.isNaN(values[offset + i])) {
        return i;
      }
    }
    return -1;
  }
}
