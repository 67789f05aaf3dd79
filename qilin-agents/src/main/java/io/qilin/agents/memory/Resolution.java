package io.qilin.agents.memory;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a recommendation.
 *
 * @param on the day on whose evening it was known and written down; not before the sale
 * @param sold the day on which it could be sold; empty if it could not be bought
 * @param gain return from the opening of the session to the opening of the sale, a fraction, dividends
 *     included, before fees; {@code NaN} if it could not be bought
 * @param benchmark the index of its board
 * @param alpha the gain less that of the index over the same openings; {@code NaN} if that is not known
 * @param reflection what is to be learnt; at most 2000 characters
 */
public record Resolution(
    LocalDate on,
    Optional<LocalDate> sold,
    double gain,
    Symbol benchmark,
    double alpha,
    Optional<String> reflection) {
  private static final int LONGEST = 2_000;

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a sale after the day on which it is known, a gain
   *     without a sale or a sale without one, or a reflection that is too long
   */
  public Resolution {
    Objects.requireNonNull(on, "on");
    Objects.requireNonNull(benchmark, "benchmark");
    if (sold.filter(day -> day.isAfter(on)).isPresent()) {
      throw QilinException.invalid("a sale of " + sold.get() + " is not known on " + on);
    }
    if (sold.isPresent() == Double.isNaN(gain)) {
      throw QilinException.invalid(
          "what was sold has a gain, and only that; sold " + sold + " with a gain of " + gain);
    }
    if (reflection.filter(text -> text.length() > LONGEST).isPresent()) {
      throw QilinException.invalid("a reflection has at most " + LONGEST + " characters");
    }
  }

  /** The same with something to learn. */
  public Resolution withReflection(Optional<String> text) {
    return new Resolution(on, sold, gain, benchmark, alpha, text);
  }
}
