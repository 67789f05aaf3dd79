package io.qilin.api.analysis;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * One part of a score, with what it was made of.
 *
 * @param name for example {@code momentum-20d}
 * @param raw the measured value, {@code NaN} if not known
 * @param unit of the raw value, for example {@code fraction}, {@code yuan}, {@code 1}
 * @param normalised the value on [0, 1], higher is better; {@code NaN} if not known
 * @param weight share of the score when everything is known, in (0, 1]
 * @param source which data it comes from, for example {@code bars}
 */
public record ScoreComponent(
    String name, double raw, String unit, double normalised, double weight, String source) {
  /**
   * Checks the ranges.
   *
   * @throws QilinException INVALID_ARGUMENT for a weight outside (0, 1] or a normalised value outside [0, 1]
   */
  public ScoreComponent {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(source, "source");
    if (!(weight > 0 && weight <= 1)) {
      throw QilinException.invalid("the weight of " + name + " must be in (0, 1], was " + weight);
    }
    if (normalised < 0 || normalised > 1) {
      throw QilinException.invalid(
          "the normalised value of " + name + " must be in [0, 1], was " + normalised);
    }
  }

  /** Whether there was data. */
  public boolean known() {
    return !Double.isNaN(normalised);
  }
}
