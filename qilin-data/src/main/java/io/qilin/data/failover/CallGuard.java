package io.qilin.data.failover;

import io.qilin.api.error.QilinException;
import java.util.Optional;

/**
 * Decides whether a member of a chain may be called now, and learns how its calls went. {@link Breaker} is the one that
 * Qilin brings; a host may put another there. Safe for use by several threads; no method blocks.
 *
 * <p>A breaker of Resilience4j, for example, fits as follows: {@link #enter} is {@code tryAcquirePermission}, and the
 * pass calls {@code onSuccess}, {@code onError} or {@code releasePermission}.
 */
public interface CallGuard {
  /** What a guard thinks of its member. */
  enum State {
    /** Calls go through. */
    CLOSED,
    /** No call goes through. */
    OPEN,
    /** A few calls go through to find out whether the member has recovered. */
    HALF_OPEN
  }

  /** Permission for one call. Whoever has it reports exactly one outcome; a further report has no effect. */
  interface Pass {
    /**
     * The member answered as it should.
     *
     * @param elapsedNanos how long it took
     */
    void succeeded(long elapsedNanos);

    /**
     * The member failed, answered with nonsense, or did not answer in time.
     *
     * @param elapsedNanos how long it took
     * @param error what went wrong
     */
    void failed(long elapsedNanos, QilinException error);

    /** The call was given up for a reason that says nothing about the member. */
    void abandoned();
  }

  /** Permission to call the member; empty if it is not to be called now. */
  Optional<Pass> enter();

  /** The state as of the last call of {@link #enter} or of a pass. */
  State state();
}
