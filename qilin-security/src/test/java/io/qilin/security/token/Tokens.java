package io.qilin.security.token;

import io.qilin.security.internal.StrictBase64Url;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** Keys, a clock that is set by hand, and tokens with any header and claims. */
final class Tokens {
  static final SecureRandom RANDOM = new SecureRandom();
  static final Instant T0 = Instant.ofEpochSecond(1_760_000_000L);
  static final String HEADER = "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}";

  final HandClock clock = new HandClock(T0);
  final byte[] secret = secret();
  final TokenKey key = TokenKey.secret("k1", JwsAlgorithm.HS256, secret);
  final TokenKeys keys = TokenKeys.of(key);

  static byte[] secret() {
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    return secret;
  }

  TokenVerifier.Builder verifier() {
    return TokenVerifier.builder(keys, "issuer", "desk", clock).revoked(token -> Boolean.FALSE);
  }

  TokenIssuer issuer() {
    return TokenIssuer.of(keys, "issuer", "desk", clock, RANDOM);
  }

  /** The claims of a token that is accepted at T0, with some more members in front. */
  static String claims(String more) {
    return "{" + more + (more.isEmpty() ? "" : ",")
        + "\"iss\":\"issuer\",\"aud\":\"desk\",\"sub\":\"u1\",\"jti\":\"j1\",\"iat\":1760000000,"
        + "\"exp\":1760000600}";
  }

  /** A signed token of any header and payload. */
  String token(String header, String payload) {
    return token(header, payload.getBytes(StandardCharsets.UTF_8));
  }

  String token(String header, byte[] payload) {
    String signed = StrictBase64Url.encode(header.getBytes(StandardCharsets.UTF_8)) + "."
        + StrictBase64Url.encode(payload);
    return signed + "."
        + StrictBase64Url.encode(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  String token(String payload) {
    return token(HEADER, payload);
  }

  static TokenRefusal reason(TokenVerdict verdict) {
    return verdict.fold(
        token -> {
          throw new AssertionError("accepted");
        },
        TokenVerdict.Refused::reason);
  }

  /** A clock that stands until it is set. */
  static final class HandClock extends Clock {
    private final AtomicReference<Instant> now;

    HandClock(Instant now) {
      this.now = new AtomicReference<>(now);
    }

    void set(Instant instant) {
      now.set(instant);
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
