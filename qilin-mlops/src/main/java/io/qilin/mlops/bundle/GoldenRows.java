package io.qilin.mlops.bundle;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import io.qilin.core.report.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Rows with the scores that the model gave where it was trained. It is opened, or serves, only if it still gives them: so another
 * version of a library, a lost feature or a faulty conversion is found before it decides anything. Immutable and safe to share.
 */
public final class GoldenRows {
  /** For models that compute in 32-bit numbers, as ONNX does: 1e-5 of the largest score. */
  public static final double FLOAT_TOLERANCE = 1e-5;

  /** For models that compute in 64-bit numbers throughout: 1e-12 of the largest score. */
  public static final double DOUBLE_TOLERANCE = 1e-12;

  private static final double MAX_TOLERANCE = 1e-3;
  private static final int MAX_ROWS = 1_000;
  private static final int MAX_VALUES = 1 << 20;
  private static final int MAX_BYTES = 32 << 20;
  private static final Set<String> MEMBERS = Set.of("tolerance", "rows", "scores");

  private final int width;
  private final double[] rows;
  private final double[] scores;
  private final double tolerance;

  private GoldenRows(int width, double[] rows, double[] scores, double tolerance) {
    int count = scores.length;
    boolean fits = count > 0
        && count <= MAX_ROWS
        && width > 0
        && rows.length == (long) count * width
        && rows.length <= MAX_VALUES;
    if (!fits) {
      throw QilinException.invalid("golden rows are 1 to " + MAX_ROWS + " and at most " + MAX_VALUES
          + " values, with one score each; there are " + rows.length + " values of rows of " + width
          + " and " + count + " scores");
    }
    if (!(tolerance >= 0 && tolerance <= MAX_TOLERANCE)) {
      throw QilinException.invalid(
          "the tolerance of golden rows is 0 to " + MAX_TOLERANCE + ", was " + tolerance);
    }
    boolean known = false;
    for (double value : rows) {
      requireNotInfinite(value);
    }
    for (double score : scores) {
      requireNotInfinite(score);
      known |= !Double.isNaN(score);
    }
    if (!known) {
      throw QilinException.invalid("no golden row has a score, so they would prove nothing");
    }
    this.width = width;
    this.rows = rows;
    this.scores = scores;
    this.tolerance = tolerance;
  }

  private static void requireNotInfinite(double value) {
    if (Double.isInfinite(value)) {
      throw QilinException.invalid("golden rows and scores are not infinite");
    }
  }

  /**
   * Rows with their scores.
   *
   * @param width features of a row
   * @param rows row after row; {@code NaN} is not known; copied
   * @param scores one a row, {@code NaN} where there is none, not all; copied
   * @param tolerance the largest difference, as a fraction of the largest score's size, 0 to 0.001
   * @throws QilinException INVALID_ARGUMENT if they do not fit each other
   */
  public static GoldenRows of(int width, double[] rows, double[] scores, double tolerance) {
    return new GoldenRows(width, rows.clone(), scores.clone(), tolerance);
  }

  /**
   * Rows with the scores that a model gives now.
   *
   * @throws QilinException as {@link Predictor#predict} and {@link #of}
   */
  public static GoldenRows from(Predictor model, double[] rows, double tolerance) {
    int width = model.signature().width();
    double[] scores = new double[rows.length / width];
    model.predict(rows, scores.length, scores);
    return of(width, rows, scores, tolerance);
  }

  /** How many rows. */
  public int count() {
    return scores.length;
  }

  /** Features of a row. */
  public int width() {
    return width;
  }

  /** The largest difference, as a fraction of the largest score's size. */
  public double tolerance() {
    return tolerance;
  }

  /**
   * Requires that a model gives the scores.
   *
   * @throws QilinException MODEL_MISMATCH if it takes rows of another length; MODEL_INVALID naming the row that differs most; as
   *     {@link Predictor#predict}
   */
  public void require(Predictor model) {
    if (model.signature().width() != width) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          "the golden rows have " + width + " values, the model takes "
              + model.signature().width());
    }
    double[] found = new double[scores.length];
    model.predict(rows.clone(), found.length, found);
    double scale =
        Arrays.stream(scores).map(Math::abs).filter(s -> s >= 0).max().orElse(0);
    double worst = -1;
    int row = 0;
    for (int i = 0; i < found.length; i++) {
      double off = off(scores[i], found[i]);
      if (off > worst) {
        worst = off;
        row = i;
      }
    }
    if (worst > tolerance * scale) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID,
          "the model gives " + found[row] + " for golden row " + (row + 1) + " instead of "
              + scores[row] + "; the tolerance is " + tolerance * scale
              + ". It is not the model that was kept, or runs differently here");
    }
  }

  private static double off(double expected, double found) {
    if (Double.isNaN(expected) || Double.isNaN(found)) {
      return Double.isNaN(expected) && Double.isNaN(found) ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(expected - found);
  }

  byte[] write() {
    JsonText out = new JsonText().object().name("tolerance").value(tolerance);
    out.name("scores").value(scores).name("rows").array();
    for (int i = 0; i < scores.length; i++) {
      out.value(Arrays.copyOfRange(rows, i * width, (i + 1) * width));
    }
    return out.end().end().toString().getBytes(StandardCharsets.UTF_8);
  }

  static GoldenRows read(String file, byte[] bytes, ModelSignature signature) {
    BundleJson json = BundleJson.read(file, bytes, MAX_BYTES, MEMBERS);
    try {
      return new GoldenRows(
          signature.width(),
          json.table("rows", signature.width(), MAX_ROWS, MAX_VALUES),
          json.numbers("scores"),
          json.number("tolerance"));
    } catch (QilinException e) {
      throw e.code() == ErrorCode.INVALID_ARGUMENT
          ? BundleFault.invalid(file, String.valueOf(e.getMessage()), e)
          : e;
    }
  }
}
