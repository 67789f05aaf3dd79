package io.qilin.core.rules;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Objects;

/**
 * A halt on a day without a price limit (临时停牌): the first time that the price moves this far from
 * the opening price, up or down, trading stops for a while.
 *
 * @param percent the move in percent of the opening price
 * @param length how long the halt lasts
 * @param latestResume time of day at which trading resumes at the latest
 */
public record NoLimitHalt(int percent, Duration length, LocalTime latestResume) {
  /** Checks that every part is there. */
  public NoLimitHalt {
    Objects.requireNonNull(length, "length");
    Objects.requireNonNull(latestResume, "latestResume");
  }
}
