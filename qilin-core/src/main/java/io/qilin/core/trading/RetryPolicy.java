package io.qilin.core.trading;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * How often and how patiently the desk tries again for one order.
 *
 * @param retries how often at most it sends or asks again after a transient rejection or a call
 *     without an answer, after the first time; 0 to 100
 * @param retryWait how long it waits before each
 * @param reconnects how often at most it connects again after a lost connection, 0 to 100
 * @param reconnectWait how long it waits before each
 */
public record RetryPolicy(int retries, Duration retryWait, int reconnects, Duration reconnectWait) {
  /** 3 retries, 5 seconds before each; 5 reconnections, 10 seconds before each. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(3, Duration.ofSeconds(5), 5, Duration.ofSeconds(10));

  private static final int MOST = 100;

  /**
   * Checks the ranges.
   *
   * @throws QilinException INVALID_ARGUMENT for a number out of range or a negative wait
   */
  public RetryPolicy {
    check("retries", retries, retryWait);
    check("reconnects", reconnects, reconnectWait);
  }

  private static void check(String what, int times, Duration wait) {
    if (times < 0 || times > MOST) {
      throw QilinException.invalid(what + " must be 0 to " + MOST + ", was " + times);
    }
    if (wait.isNegative()) {
      throw QilinException.invalid("the wait of " + what + " must not be negative, was " + wait);
    }
  }
}
