package io.qilin.agents.analyst;

import io.qilin.core.rules.Sessions;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Follows one share at limit-up through a day, observation by observation, in order of time. Not
 * thread-safe.
 */
final class SealCourse {
  private static final int MATCH = 9 * 3600 + 25 * 60;
  private static final int CLOSE = 15 * 3600;
  /** An observation from here on tells the queue at the close. */
  private static final int NEAR_CLOSE = 14 * 3600 + 55 * 60;
  /** A last snapshot may come a little late. */
  private static final int LATEST = CLOSE + 300;
  /** Observations of which the trend is taken, evenly chosen from all. */
  private static final int TREND_POINTS = 48;

  private final int closingAuction;
  private int first = -1;
  private int breaks;
  private boolean sealed;
  private boolean observed;
  private double closing = Double.NaN;
  private double[] minutes = new double[64];
  private double[] amounts = new double[64];
  private int points;

  /**
   * Starts before the day.
   *
   * @param closingAuction second of the day from which, until the close, quotations are virtual and
   *     an opened seal is none; the close where there is no such auction
   */
  SealCourse(int closingAuction) {
    this.closingAuction = closingAuction;
  }

  /**
   * Adds an observation; those before 09:25, when orders may not be matched yet, and after the
   * close are passed over.
   *
   * @param second second of the day
   * @param holds whether somebody waits at limit-up and nobody offers
   * @param amount yuan that wait; {@code NaN} if not known
   */
  void see(int second, boolean holds, double amount) {
    if (second < MATCH || second > LATEST) {
      return;
    }
    observed = true;
    boolean virtual = second >= closingAuction && second < CLOSE;
    if (holds) {
      hold(second, amount);
    } else if (sealed && !virtual) {
      breaks++;
      sealed = false;
      points = 0;
      closing = Double.NaN;
    }
  }

  private void hold(int second, double amount) {
    first = first < 0 ? second : first;
    sealed = true;
    if (amount > 0) {
      if (points == minutes.length) {
        minutes = Arrays.copyOf(minutes, points * 2);
        amounts = Arrays.copyOf(amounts, points * 2);
      }
      minutes[points] = Sessions.minutesElapsed(time(second));
      amounts[points++] = amount;
      closing = second >= NEAR_CLOSE ? amount : closing;
    }
  }

  private static LocalTime time(int second) {
    return LocalTime.ofSecondOfDay(Math.min(second, CLOSE));
  }

  /** Whether there was any observation. */
  boolean observed() {
    return observed;
  }

  /** Whether the seal held at the last observation. */
  boolean sealed() {
    return sealed;
  }

  int breaks() {
    return breaks;
  }

  Optional<LocalTime> firstSeal() {
    return first < 0 ? Optional.empty() : Optional.of(time(first));
  }

  /** The queue at the close in yuan. */
  OptionalDouble closingAmount() {
    return Double.isNaN(closing) ? OptionalDouble.empty() : OptionalDouble.of(closing);
  }

  /** The trend since the last seal, of at most {@value #TREND_POINTS} observations. */
  OptionalDouble trend() {
    int count = Math.min(points, TREND_POINTS);
    double[] at = new double[count];
    double[] amount = new double[count];
    for (int k = 0; k < count; k++) {
      int chosen = count == 1 ? 0 : (int) ((long) k * (points - 1) / (count - 1));
      at[k] = minutes[chosen];
      amount[k] = amounts[chosen];
    }
    return SealTrend.perMinute(at, amount);
  }
}
