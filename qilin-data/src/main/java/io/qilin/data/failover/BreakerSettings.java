package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;

/**
 * When a {@link Breaker} opens and closes.
 *
 * @param window how many calls it looks back on, 1 to 1000
 * @param minimumCalls how many calls it must have seen before it may open, 1 to window
 * @param badShare the share of bad calls in the window from which it opens, in (0, 1]
 * @param slowCall a call that takes as long as this counts as bad although it succeeded
 * @param openTime how long no call goes through
 * @param openJitter by which share of it the open time is shortened at most, at random, in [0, 1): members that fail
 *     together are then not probed together
 */
public record BreakerSettings(
    int window,
    int minimumCalls,
    double badShare,
    Duration slowCall,
    Duration openTime,
    double openJitter) {
  /** Ten calls, at least five of them, half of them bad; slow from 2 s; open for 9 to 10 s. */
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(10, 5, 0.5, Duration.ofSeconds(2), Duration.ofSeconds(10), 0.1);

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION if one is out of range
   */
  public BreakerSettings {
    Objects.requireNonNull(slowCall, "slowCall");
    Objects.requireNonNull(openTime, "openTime");
    check(window >= 1 && window <= 1000, "the window is 1 to 1000 calls, was " + window);
    check(
        minimumCalls >= 1 && minimumCalls <= window,
        "the least number of calls is 1 to the window of " + window + ", was " + minimumCalls);
    check(badShare > 0 && badShare <= 1, "the share of bad calls is in (0, 1], was " + badShare);
    check(
        openJitter >= 0 && openJitter < 1,
        "the jitter of openings is in [0, 1), was " + openJitter);
    Spans.check("slowCall", slowCall);
    Spans.check("openTime", openTime);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
    }
  }

  /** The same settings with another open time. */
  public BreakerSettings withOpenTime(Duration time) {
    return new BreakerSettings(window, minimumCalls, badShare, slowCall, time, openJitter);
  }

  /** The same settings with another limit from which a call is slow. */
  public BreakerSettings withSlowCall(Duration limit) {
    return new BreakerSettings(window, minimumCalls, badShare, limit, openTime, openJitter);
  }
}
