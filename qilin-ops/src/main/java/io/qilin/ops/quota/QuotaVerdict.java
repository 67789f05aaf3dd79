package io.qilin.ops.quota;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/** Whether a strategy gets a lease now. */
public sealed interface QuotaVerdict {
  /** Calls the function of the case that it is. */
  <R> R fold(Function<QuotaLease, R> granted, Function<Refused, R> refused);

  /**
   * The lease.
   *
   * @throws QuotaRefused if there is none
   */
  default QuotaLease orThrow() {
    return fold(lease -> lease, refused -> {
      throw refused.error();
    });
  }

  /**
   * There is a lease; whoever asked closes it.
   *
   * @param lease open
   */
  record Granted(QuotaLease lease) implements QuotaVerdict {
    /** Checks that it is there. */
    public Granted {
      Objects.requireNonNull(lease, "lease");
    }

    @Override
    public <R> R fold(Function<QuotaLease, R> granted, Function<Refused, R> refused) {
      return granted.apply(lease);
    }
  }

  /**
   * There is none.
   *
   * @param strategy that asked
   * @param limit what stands in the way
   * @param retryAfter when asking again may help; zero where it cannot
   */
  record Refused(String strategy, QuotaLimit limit, Duration retryAfter) implements QuotaVerdict {
    /**
     * Checks the parts.
     *
     * @throws QilinException INVALID_ARGUMENT if the time is negative
     */
    public Refused {
      Objects.requireNonNull(strategy, "strategy");
      Objects.requireNonNull(limit, "limit");
      if (retryAfter.isNegative()) {
        throw QilinException.invalid("retryAfter must not be negative, was " + retryAfter);
      }
    }

    /** The same as an exception. */
    public QuotaRefused error() {
      return new QuotaRefused(strategy, limit, retryAfter);
    }

    @Override
    public <R> R fold(Function<QuotaLease, R> granted, Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }
}
