package io.qilin.agents.debate;

import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * One part of an analyst's score as an argument.
 *
 * @param analyst id of the analyst
 * @param part what was measured
 * @param weight the analyst's share of the desk's score times the part's share of the analyst's, in
 *     [0, 1]
 */
public record Evidence(String analyst, ScoreComponent part, double weight) {
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);
  private static final MathContext ROUGH = new MathContext(2, RoundingMode.HALF_UP);

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a part without a value, or a weight outside [0, 1]
   */
  public Evidence {
    Objects.requireNonNull(analyst, "analyst");
    if (!part.known() || !(weight >= 0 && weight <= 1)) {
      throw QilinException.invalid("evidence has a value and a weight in [0, 1]; " + part.name()
          + " of " + analyst + " has " + part.normalised() + " and " + weight);
    }
  }

  /** How far it moves the score, in [−1, 1]: weight × (2 × value − 1); positive speaks for the share. */
  public double impact() {
    return weight * (2 * part.normalised() - 1);
  }

  /** Name of the argument: analyst and part, for example {@code market/trend-50d}. */
  public String key() {
    return analyst + "/" + part.name();
  }

  /** As it stands in a statement, for example {@code market/trend-50d=0.1234 fraction}. */
  public String text() {
    return key() + "=" + digits(part.raw()) + (part.unit().equals("1") ? "" : " " + part.unit());
  }

  /** Four significant digits, rounded half up from the exact value, the same on every Java version. */
  static String digits(double value) {
    return rounded(value, DIGITS);
  }

  /** Two significant digits, for a sentence that one reads in passing. */
  static String rough(double value) {
    return rounded(value, ROUGH);
  }

  private static String rounded(double value, MathContext digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "not measured" : Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(digits);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
