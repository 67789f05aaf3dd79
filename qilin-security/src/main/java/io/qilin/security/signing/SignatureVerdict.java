package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.function.Function;

/** What a verifier says about a signed request. Immutable. */
public sealed interface SignatureVerdict {
  /** Calls the function of the case that it is; an accepted request gives the id of its key. */
  <R> R fold(Function<String, R> accepted, Function<Refused, R> refused);

  /**
   * The id of the key, if the request is accepted.
   *
   * @throws QilinException AUTHENTICATION with one and the same message for every reason
   */
  default String orThrow() {
    return fold(keyId -> keyId, refused -> {
      throw new QilinException(
          ErrorCode.AUTHENTICATION, "the signature of the request is not accepted");
    });
  }

  /**
   * The request is genuine, of now, and was not seen before.
   *
   * @param keyId whose signature it is
   */
  record Accepted(String keyId) implements SignatureVerdict {
    /** Checks that there is one. */
    public Accepted {
      Objects.requireNonNull(keyId, "keyId");
    }

    @Override
    public <R> R fold(Function<String, R> accepted, Function<Refused, R> refused) {
      return accepted.apply(keyId);
    }
  }

  /**
   * The request is refused.
   *
   * @param reason for the audit log only
   */
  record Refused(SignatureRefusal reason) implements SignatureVerdict {
    /** Checks that there is one. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(Function<String, R> accepted, Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }
}
