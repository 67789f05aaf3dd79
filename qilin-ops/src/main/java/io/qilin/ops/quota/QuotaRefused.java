package io.qilin.ops.quota;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;

/** A strategy gets no lease now: RESOURCE_EXHAUSTED, with what stands in the way and when to ask again. */
public final class QuotaRefused extends QilinException {
  private static final long serialVersionUID = 1L;

  private final QuotaLimit limit;
  private final Duration retryAfter;

  QuotaRefused(String strategy, QuotaLimit limit, Duration retryAfter) {
    super(
        ErrorCode.RESOURCE_EXHAUSTED,
        "the strategy " + QilinException.quote(strategy) + " gets no lease: " + limit.words()
            + (retryAfter.isZero() ? "" : "; try again in " + retryAfter.toMillis() + " ms"));
    this.limit = limit;
    this.retryAfter = retryAfter;
  }

  /** What stands in the way. */
  public QuotaLimit limit() {
    return limit;
  }

  /** When asking again may help, a hint in whole milliseconds; zero where it cannot. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
