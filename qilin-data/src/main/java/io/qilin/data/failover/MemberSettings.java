package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;

/**
 * How one member of a chain is called.
 *
 * @param deadline how long one call may take
 * @param attempts how often the member is asked for one query at most, 1 to 3; only errors that a retry can help are
 *     tried again
 * @param retryShare how many retries there may be for each first call, over many queries, in [0, 1]
 * @param backoff the pause before the first retry; it doubles each time, and a random part of up to a half is taken off
 * @param concurrency how many calls may be on the executor at once, 1 to 1024; a call that hangs keeps its place until
 *     it ends, so that a dead source takes no more threads than this
 * @param breaker when calls stop for a while
 */
public record MemberSettings(
    Duration deadline,
    int attempts,
    double retryShare,
    Duration backoff,
    int concurrency,
    BreakerSettings breaker) {
  /** 2 s, two attempts with a budget of 10 %, 50 ms of pause, eight calls at once. */
  public static final MemberSettings DEFAULT = builder().build();

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION if one is out of range
   */
  public MemberSettings {
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(backoff, "backoff");
    Objects.requireNonNull(breaker, "breaker");
    Spans.check("deadline", deadline);
    Spans.check("backoff", backoff);
    if (attempts < 1 || attempts > 3) {
      throw bad("attempts are 1 to 3, were " + attempts);
    }
    if (!(retryShare >= 0 && retryShare <= 1)) {
      throw bad("the share of retries is in [0, 1], was " + retryShare);
    }
    if (concurrency < 1 || concurrency > 1024) {
      throw bad("calls at once are 1 to 1024, were " + concurrency);
    }
  }

  private static QilinException bad(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }

  /** Starts settings from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private Duration deadline = Duration.ofSeconds(2);
    private int attempts = 2;
    private double retryShare = 0.1;
    private Duration backoff = Duration.ofMillis(50);
    private int concurrency = 8;
    private BreakerSettings breaker = BreakerSettings.DEFAULT;

    private Builder() {}

    /** How long one call may take; 2 s unless set. */
    public Builder deadline(Duration longest) {
      deadline = longest;
      return this;
    }

    /** How often the member is asked for one query at most; 2 unless set. */
    public Builder attempts(int most) {
      attempts = most;
      return this;
    }

    /** Retries for each first call, over many queries; 0.1 unless set. */
    public Builder retryShare(double share) {
      retryShare = share;
      return this;
    }

    /** The pause before the first retry; 50 ms unless set. */
    public Builder backoff(Duration pause) {
      backoff = pause;
      return this;
    }

    /** How many calls may be on the executor at once; 8 unless set. */
    public Builder concurrency(int calls) {
      concurrency = calls;
      return this;
    }

    /** When calls stop for a while; {@link BreakerSettings#DEFAULT} unless set. */
    public Builder breaker(BreakerSettings settings) {
      breaker = settings;
      return this;
    }

    /**
     * The settings.
     *
     * @throws QilinException INVALID_CONFIGURATION if one is out of range
     */
    public MemberSettings build() {
      return new MemberSettings(deadline, attempts, retryShare, backoff, concurrency, breaker);
    }
  }
}
