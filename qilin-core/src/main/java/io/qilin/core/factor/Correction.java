package io.qilin.core.factor;

import io.qilin.core.expression.Operator;
import java.util.List;

/** A difference between {@link NumericMode#QLIB_EXACT} and {@link NumericMode#CORRECTED}. There is no other. */
public enum Correction {
  /** A weighted mean that is divided once too often. */
  WEIGHTED_MEAN(
      List.of(Operator.WMA),
      "Divides the weighted mean of the valid values once more, by their number; weights count over all rows.",
      "The weighted mean of the valid values: their weights add up to 1."),
  /** Running sums that one infinity spoils. */
  INFINITY_IN_REGRESSION(
      List.of(Operator.SLOPE, Operator.RSQUARE, Operator.RESI),
      "Keeps running sums: from the first infinite value on, all later rows are `NaN`.",
      "Skips infinite values as all other operators do."),
  /** Series of small numbers that are taken for constant. */
  SMALL_SPREAD(
      List.of(Operator.CORR, Operator.RSQUARE),
      "`NaN` where a standard deviation is not above 2e-5 (for `Rsquare` with N > 0 only).",
      "`NaN` only where a series does not vary, or by less than 1e-154.");

  @SuppressWarnings("ImmutableEnumChecker") // always List.of
  private final List<Operator> operators;

  private final String qlib;
  private final String corrected;

  Correction(List<Operator> operators, String qlib, String corrected) {
    this.operators = operators;
    this.qlib = qlib;
    this.corrected = corrected;
  }

  /** The operators that it concerns. */
  public List<Operator> operators() {
    return operators;
  }

  /** What Qlib does, and QLIB_EXACT with it; a sentence in Markdown. */
  public String qlib() {
    return qlib;
  }

  /** What CORRECTED does; a sentence in Markdown. */
  public String corrected() {
    return corrected;
  }
}
