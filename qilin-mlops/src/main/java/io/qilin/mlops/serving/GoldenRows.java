package io.qilin.mlops.serving;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Predictor;
import java.util.Objects;

/**
 * Rows of features with the scores that a version gave when it was made. Before a version serves it scores them: it is warm then,
 * and it is known to say here what it said there. Immutable.
 */
public final class GoldenRows {
  private final double[] rows;
  private final double[] scores;
  private final double tolerance;

  private GoldenRows(double[] rows, double[] scores, double tolerance) {
    this.rows = rows;
    this.scores = scores;
    this.tolerance = tolerance;
  }

  /**
   * Rows and their scores.
   *
   * @param rows row after row in the order of the signature
   * @param scores one a row, {@code NaN} where there is none; at least one
   * @param tolerance how far a score may be off, as a part of the larger of 1 and the score's magnitude; 0 for bit for bit
   * @throws QilinException INVALID_ARGUMENT if there are no scores, the rows are no whole number of equal rows, a score is
   *     infinite, or the tolerance is negative or not finite
   */
  public static GoldenRows of(double[] rows, double[] scores, double tolerance) {
    if (scores.length == 0 || rows.length == 0 || rows.length % scores.length != 0) {
      throw QilinException.invalid(
          rows.length + " values are not " + scores.length + " rows of equal length, at least one");
    }
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid("a tolerance is a finite number from 0, was " + tolerance);
    }
    for (double score : scores) {
      if (Double.isInfinite(score)) {
        throw QilinException.invalid("a score is finite or NaN, was " + score);
      }
    }
    return new GoldenRows(rows.clone(), scores.clone(), tolerance);
  }

  /** How many rows. */
  public int count() {
    return scores.length;
  }

  /**
   * Requires that a predictor gives these scores.
   *
   * @throws QilinException MODEL_MISMATCH if its rows have another length; MODEL_OUTPUT naming the first row that is off; what the
   *     predictor throws
   */
  public void require(Predictor predictor) {
    Objects.requireNonNull(predictor, "predictor");
    int width = predictor.signature().width();
    if (width != rows.length / scores.length) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          "the golden rows have " + rows.length / scores.length + " values, the model takes "
              + width);
    }
    double[] given = new double[scores.length];
    predictor.predict(rows.clone(), scores.length, given);
    for (int row = 0; row < scores.length; row++) {
      if (!same(scores[row], given[row])) {
        throw new QilinException(
            ErrorCode.MODEL_OUTPUT,
            "golden row " + (row + 1) + " of " + scores.length + " scored " + given[row]
                + " instead of " + scores[row] + " (tolerance " + tolerance
                + "); the model is not the one that was registered, or runs differently here");
      }
    }
  }

  private boolean same(double expected, double given) {
    if (Double.isNaN(expected) || Double.isNaN(given)) {
      return Double.isNaN(expected) && Double.isNaN(given);
    }
    return Math.abs(expected - given) <= tolerance * Math.max(1, Math.abs(expected));
  }
}
