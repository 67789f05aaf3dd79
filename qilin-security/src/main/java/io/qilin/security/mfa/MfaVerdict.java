package io.qilin.security.mfa;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/** What is said about a code. Immutable. */
public sealed interface MfaVerdict {
  /** Calls the function of the case that it is. */
  <R> R fold(Function<Accepted, R> accepted, Function<Refused, R> refused);

  /**
   * What was accepted.
   *
   * @throws QilinException AUTHENTICATION with one and the same message for every reason
   */
  default Accepted orThrow() {
    return fold(accepted -> accepted, refused -> {
      throw new QilinException(ErrorCode.AUTHENTICATION, "the code is not accepted");
    });
  }

  /**
   * The code is right, and used up now.
   *
   * @param method {@code otp} (RFC 8176), or {@code recovery}
   * @param at when it was accepted
   */
  record Accepted(String method, Instant at) implements MfaVerdict {
    /** Checks that there are both. */
    public Accepted {
      Objects.requireNonNull(method, "method");
      Objects.requireNonNull(at, "at");
    }

    @Override
    public <R> R fold(Function<Accepted, R> accepted, Function<Refused, R> refused) {
      return accepted.apply(this);
    }
  }

  /**
   * The code is refused.
   *
   * @param reason for the audit log only
   * @param retryAfter how long no code is looked at; zero unless too many were wrong
   */
  record Refused(MfaRefusal reason, Duration retryAfter) implements MfaVerdict {
    /** Checks that there are both. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }

    static Refused of(MfaRefusal reason) {
      return new Refused(reason, Duration.ZERO);
    }

    @Override
    public <R> R fold(Function<Accepted, R> accepted, Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }
}
