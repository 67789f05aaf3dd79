package io.qilin.mlops.tuning;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * When a study stops. It is looked at between batches: trials that were begun are let end, or what is found would depend on the
 * speed of the machine.
 *
 * @param trials how many trials the study has in all in the end, those of earlier runs and failed ones included; 1 to 10,000
 * @param time after how long no further batch is begun; above 0
 */
public record TrialBudget(int trials, Duration time) {
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MOST = 10_000;

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a number or a time out of its range
   */
  public TrialBudget {
    if (trials < 1 || trials > MOST) {
      throw QilinException.invalid("a study has 1 to " + MOST + " trials, was " + trials);
    }
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw QilinException.invalid("a study's time is above 0 and at most 365 days, was " + time);
    }
  }

  /** So many trials, however long they take (within a year). */
  public static TrialBudget trials(int number) {
    return new TrialBudget(number, LONGEST);
  }
}
