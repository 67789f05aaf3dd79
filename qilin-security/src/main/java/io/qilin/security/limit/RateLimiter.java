package io.qilin.security.limit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * Asks a store and lets nothing through that it does not clearly let through. Safe to share between threads if the store is.
 *
 * <pre>
 * RateLimiter limiter = RateLimiter.of(LocalLimits.tokenBuckets(
 *     RateLimit.of(100, Duration.ofSeconds(1)), LocalLimits.DEFAULT_KEYS, System::nanoTime));
 * limiter.take(LimitKey.user("alice"), 1).orThrow();
 * </pre>
 */
public final class RateLimiter {
  private final LimitStore store;

  private RateLimiter(LimitStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  /** A limiter that asks the store. */
  public static RateLimiter of(LimitStore store) {
    return new RateLimiter(store);
  }

  /**
   * Takes permits now or not at all.
   *
   * @param weight how many, at least 1
   * @throws QilinException what the store threw; SECURITY_UNAVAILABLE if it failed in another way or gave null
   */
  public LimitVerdict take(LimitKey key, long weight) {
    LimitVerdict verdict;
    try {
      verdict = store.take(key, weight);
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE, "the store of limits failed; the request is refused", e);
    }
    if (verdict == null) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the store of limits gave no answer; the request is refused");
    }
    return verdict;
  }
}
