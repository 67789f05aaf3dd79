package io.qilin.mlops.abtest;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Objects;

/**
 * The outcome of one call. A symbol on a date has one outcome of each metric.
 *
 * @param metric ACCURACY or LATENCY
 * @param symbol as it was given to {@link AbTest#arm}; 1 to 64 characters
 * @param date as it was given there
 * @param arm the arm that answered
 * @param value in [0, 1] for accuracy; positive and finite for latency
 */
public record Observation(
    TestMetric metric, String symbol, LocalDate date, String arm, double value) {
  private static final int MAX_SYMBOL = 64;

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public Observation {
    if (symbol.isEmpty() || symbol.length() > MAX_SYMBOL || !wellFormed(symbol)) {
      throw QilinException.invalid("a symbol has 1 to " + MAX_SYMBOL
          + " characters, none of them NUL or half a pair, was " + QilinException.quote(symbol));
    }
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(arm, "arm");
    boolean fits = switch (metric) {
      case ACCURACY -> value >= 0 && value <= 1;
      case LATENCY -> value > 0 && value < Double.POSITIVE_INFINITY;
      case PROFIT ->
        throw QilinException.invalid("profit is recorded a day at a time, by recordDay");
    };
    if (!fits) {
      throw QilinException.invalid("accuracy is in [0, 1] and latency positive and finite, was "
          + metric + " " + value + " of " + QilinException.quote(symbol) + " on " + date);
    }
  }

  private static boolean wellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  /** What is compared. */
  double comparable() {
    return metric == TestMetric.LATENCY ? -StrictMath.log(value) : value;
  }
}
