package io.qilin.security.token;

import io.qilin.api.error.QilinException;
import io.qilin.security.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens by asking the authorization server (RFC 7662), for tokens that only it can read. The answer is strict JSON of at
 * most 64 KiB with {@code active} exactly true, and {@code iss}, {@code aud}, {@code sub}, {@code exp} and {@code iat}, judged by the
 * rules of {@link TokenVerifier}. A server that fails, hangs until the host's deadline or answers anything else refuses the token.
 * Nothing is remembered. Safe to share between threads if the server's seam is.
 */
public final class IntrospectionVerifier {
  private static final StrictJson JSON = StrictJson.limited(64 << 10, TokenLimits.MOST_DEPTH);
  private static final int MOST_CHARACTERS = 8 << 10;
  private static final String KEY = "introspection";

  private final TokenIntrospection server;
  private final TokenRules rules;
  private final RevokedTokens revoked;
  private final Clock clock;

  private IntrospectionVerifier(
      TokenIntrospection server, TokenRules rules, RevokedTokens revoked, Clock clock) {
    this.server = server;
    this.rules = rules;
    this.revoked = revoked;
    this.clock = clock;
  }

  /**
   * A verifier for tokens of one issuer to one audience. Tokens live at most 24 h; clocks may differ by 30 s.
   *
   * @param revoked asked as well, for tokens that this host revokes before the server does
   */
  public static IntrospectionVerifier of(
      TokenIntrospection server,
      String issuer,
      String audience,
      RevokedTokens revoked,
      Clock clock) {
    TokenRules rules = new TokenRules(
        issuer, audience, Duration.ofSeconds(30), TokenLimits.MOST_LIFE, false, false);
    return new IntrospectionVerifier(
        Objects.requireNonNull(server, "server"),
        rules,
        Objects.requireNonNull(revoked, "revoked"),
        Objects.requireNonNull(clock, "clock"));
  }

  /** What to think of the token in an Authorization header, which is null where there is none. */
  public TokenVerdict checkHeader(@Nullable String authorization) {
    if (authorization == null) {
      return check(null);
    }
    return BearerHeader.token(authorization)
        .map(this::check)
        .orElseGet(() -> new TokenVerdict.Refused(
            TokenRefusal.AUTHORIZATION_HEADER, "the header is not Bearer, one blank and a token"));
  }

  /** What to think of a token. Nothing is thrown; a null is refused. */
  public TokenVerdict check(@Nullable String token) {
    try {
      return judge(token);
    } catch (TokenRefused e) {
      return e.verdict();
    } catch (RuntimeException e) {
      return new TokenVerdict.Refused(
          TokenRefusal.UNAVAILABLE, "a part failed with " + e.getClass().getName());
    }
  }

  private TokenVerdict judge(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      throw new TokenRefused(TokenRefusal.MISSING, "there is no token");
    }
    if (token.length() > MOST_CHARACTERS) {
      throw new TokenRefused(
          TokenRefusal.TOO_LARGE, "it has more than " + MOST_CHARACTERS + " characters");
    }
    if (BearerHeader.token("Bearer " + token).isEmpty()) {
      throw new TokenRefused(TokenRefusal.MALFORMED, "it has characters that no token has");
    }
    Map<String, @Nullable Object> answer = answer(server.ask(token));
    if (!Boolean.TRUE.equals(answer.get("active"))) {
      throw new TokenRefused(TokenRefusal.INACTIVE, "the server does not say that it is active");
    }
    Instant now = clock.instant();
    VerifiedToken verified = new VerifiedToken(KEY, new TokenClaims(identified(answer, token)));
    rules.check(verified, now);
    TokenRules.checkRevoked(revoked, verified);
    return new TokenVerdict.Accepted(verified);
  }

  private static Map<String, @Nullable Object> answer(byte @Nullable [] json) {
    if (json == null) {
      throw new TokenRefused(TokenRefusal.UNAVAILABLE, "the server gave no answer");
    }
    try {
      return JSON.object(json, "the server's answer");
    } catch (QilinException e) {
      throw new TokenRefused(TokenRefusal.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  /** The answer with an id: its own, or else the hash of the token. */
  private static Map<String, @Nullable Object> identified(
      Map<String, @Nullable Object> answer, String token) {
    if (answer.containsKey("jti")) {
      return answer;
    }
    Map<String, @Nullable Object> claims = new LinkedHashMap<>(answer);
    claims.put("jti", TokenDigest.of(token.getBytes(StandardCharsets.US_ASCII)).hex());
    return Collections.unmodifiableMap(claims);
  }
}
