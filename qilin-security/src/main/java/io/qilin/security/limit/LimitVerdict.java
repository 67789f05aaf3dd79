package io.qilin.security.limit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether a request is let through now. Immutable. */
public sealed interface LimitVerdict {
  /** Calls the function of the case that it is. */
  <R> R fold(Supplier<R> admitted, Function<Refused, R> refused);

  /** Whether the request is let through. */
  default boolean admitted() {
    return this instanceof Admitted;
  }

  /**
   * Returns if the request is let through.
   *
   * @throws QilinException RATE_LIMITED with the seconds to wait
   */
  default void orThrow() {
    if (this instanceof Refused refused) {
      throw new QilinException(
          ErrorCode.RATE_LIMITED, "too many requests; try again in " + refused.seconds() + " s");
    }
  }

  /** The request is let through and counted. */
  record Admitted() implements LimitVerdict {
    /** The one that is handed out. */
    public static final LimitVerdict NOW = new Admitted();

    @Override
    public <R> R fold(Supplier<R> admitted, Function<Refused, R> refused) {
      return admitted.get();
    }
  }

  /**
   * The request is refused and not counted.
   *
   * @param retryAfter after which time it is let through if nobody else takes the permits
   */
  record Refused(Duration retryAfter) implements LimitVerdict {
    /**
     * Checks the time.
     *
     * @throws QilinException INVALID_ARGUMENT unless it is more than 0
     */
    public Refused {
      if (retryAfter.isNegative() || retryAfter.isZero()) {
        throw QilinException.invalid("a refused request waits for more than 0, not " + retryAfter);
      }
    }

    /** The time in whole seconds, rounded up, as for the header {@code Retry-After} (RFC 9110, 10.2.3). */
    public long seconds() {
      return retryAfter.plusNanos(999_999_999).toSeconds();
    }

    @Override
    public <R> R fold(Supplier<R> admitted, Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }
}
