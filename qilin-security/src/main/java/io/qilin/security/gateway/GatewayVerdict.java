package io.qilin.security.gateway;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.limit.LimitKey;
import io.qilin.security.signing.ApiKey;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What a gateway says about a request. Immutable. */
public sealed interface GatewayVerdict {
  /** Calls the function of the case that it is. */
  <R> R fold(Function<Admitted, R> admitted, Function<Refused, R> refused);

  /**
   * What is known of a request that may go on.
   *
   * @throws QilinException of the refusal's code, with one message for each code
   */
  default Admitted orThrow() {
    return fold(admitted -> admitted, refused -> {
      String wait = refused
          .retryAfter()
          .map(time -> "; try again in " + seconds(time) + " s")
          .orElse("");
      throw new QilinException(refused.code(), "the request was refused" + wait);
    });
  }

  private static long seconds(Duration time) {
    return time.plusNanos(999_999_999).toSeconds();
  }

  /**
   * The request may go on: to authentication and authorisation, not past them.
   *
   * @param address whom the request was counted for
   * @param key its API key; empty only where the gateway works without keys
   * @param screening how suspicious its words are, in [0, 1): score / (score + 5), for {@code SecuredCall.screening}
   */
  record Admitted(LimitKey address, Optional<ApiKey> key, double screening)
      implements GatewayVerdict {
    /** Checks that all parts are there. */
    public Admitted {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(key, "key");
    }

    @Override
    public <R> R fold(Function<Admitted, R> admitted, Function<Refused, R> refused) {
      return admitted.apply(this);
    }
  }

  /**
   * The request is refused.
   *
   * @param step which check refused it
   * @param code for the caller
   * @param retryAfter after which time it may come again, where that helps
   * @param reason for the audit log only
   */
  record Refused(GatewayStep step, ErrorCode code, Optional<Duration> retryAfter, String reason)
      implements GatewayVerdict {
    /** Checks that all parts are there. */
    public Refused {
      Objects.requireNonNull(step, "step");
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(retryAfter, "retryAfter");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(Function<Admitted, R> admitted, Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }
}
