package io.qilin.security.token;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.function.Function;

/** What a verifier says about a token. Immutable. */
public sealed interface TokenVerdict {
  /** Calls the function of the case that it is. */
  <R> R fold(Function<VerifiedToken, R> accepted, Function<Refused, R> refused);

  /**
   * The token, if it is accepted.
   *
   * @throws QilinException AUTHENTICATION with one and the same message for every reason
   */
  default VerifiedToken orThrow() {
    return fold(token -> token, refused -> {
      throw TokenRefused.toTheCaller();
    });
  }

  /** The token is genuine and valid now. */
  record Accepted(VerifiedToken token) implements TokenVerdict {
    /** Checks that there is one. */
    public Accepted {
      Objects.requireNonNull(token, "token");
    }

    @Override
    public <R> R fold(Function<VerifiedToken, R> accepted, Function<Refused, R> refused) {
      return accepted.apply(token);
    }
  }

  /**
   * The token is refused.
   *
   * @param reason for the audit log only
   * @param detail one line for the audit log, without anything of the token but names of claims
   */
  record Refused(TokenRefusal reason, String detail) implements TokenVerdict {
    /** Checks that there are both. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(detail, "detail");
    }

    /** What the caller is told, the same for every reason. */
    public ErrorCode code() {
      return ErrorCode.AUTHENTICATION;
    }

    @Override
    public <R> R fold(Function<VerifiedToken, R> accepted, Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }
}
