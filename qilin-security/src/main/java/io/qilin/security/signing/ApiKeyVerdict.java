package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.function.Function;

/** What is said about an API key. Immutable. */
public sealed interface ApiKeyVerdict {
  /** Calls the function of the case that it is. */
  <R> R fold(Function<ApiKey, R> accepted, Function<Refused, R> refused);

  /**
   * The key, if it is accepted.
   *
   * @throws QilinException AUTHENTICATION with one and the same message for every reason
   */
  default ApiKey orThrow() {
    return fold(key -> key, refused -> {
      throw new QilinException(ErrorCode.AUTHENTICATION, "the API key is not accepted");
    });
  }

  /** The key is genuine and counts now. */
  record Accepted(ApiKey key) implements ApiKeyVerdict {
    /** Checks that there is one. */
    public Accepted {
      Objects.requireNonNull(key, "key");
    }

    @Override
    public <R> R fold(Function<ApiKey, R> accepted, Function<Refused, R> refused) {
      return accepted.apply(key);
    }
  }

  /**
   * The key is refused.
   *
   * @param reason for the audit log only
   */
  record Refused(ApiKeyRefusal reason) implements ApiKeyVerdict {
    /** Checks that there is one. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(Function<ApiKey, R> accepted, Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }
}
