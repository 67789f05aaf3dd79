package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * When a router stops asking a member for a while. Unavailable, limited, late and invalid answers are bad; a refusal says nothing about
 * the next question and does not count.
 *
 * @param window how many calls it looks back on, 1 to 1000
 * @param minimumCalls how many it must have seen, 1 to window
 * @param badShare the share of bad ones from which the member is left alone, in (0, 1]
 * @param openTime how long it is left alone; then one call tries it
 * @param patience a call that had less time than this and got no answer in it does not count
 */
public record LlmBreakerSettings(
    int window, int minimumCalls, double badShare, Duration openTime, Duration patience) {
  /** Ten calls, at least five of them, half of them bad; 10 s; calls of at least 1 s. */
  public static final LlmBreakerSettings DEFAULT =
      new LlmBreakerSettings(10, 5, 0.5, Duration.ofSeconds(10), Duration.ofSeconds(1));

  private static final int WIDEST = 1_000;

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION if one is out of range
   */
  public LlmBreakerSettings {
    check(window >= 1 && window <= WIDEST, "the window is 1 to 1000 calls, was " + window);
    check(
        minimumCalls >= 1 && minimumCalls <= window,
        "minimumCalls is 1 to the window of " + window + ", was " + minimumCalls);
    check(badShare > 0 && badShare <= 1, "badShare is in (0, 1], was " + badShare);
    check(!openTime.isNegative() && !openTime.isZero(), "openTime is positive, was " + openTime);
    check(!patience.isNegative(), "patience is not negative, was " + patience);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
    }
  }
}
