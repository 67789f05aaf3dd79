package io.qilin.security.token;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;

/** What the claims of a token must say. */
record TokenRules(
    String issuer,
    String audience,
    Duration leeway,
    Duration mostLife,
    boolean accessToken,
    boolean notBeforeRequired) {
  private static final String ACCESS_TOKEN = "at+jwt";
  private static final String PLAIN_TOKEN = "JWT";
  private static final int MOST_CHARACTERS = 1_024;

  TokenRules {
    named("issuer", issuer);
    named("audience", audience);
  }

  private static void named(String what, String name) {
    if (!PlainText.isPlain(name, MOST_CHARACTERS)) {
      throw QilinException.invalid("the " + what + " has 1 to " + MOST_CHARACTERS
          + " visible characters, not " + QilinException.quote(name));
    }
  }

  static Duration bounded(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw QilinException.invalid(what + " is " + least + " to " + most + ", not " + value);
    }
    return value;
  }

  void checkType(JwsHeaderFields header) {
    boolean expected = accessToken
        ? header.isType(ACCESS_TOKEN)
        : header.type().isEmpty() || header.isType(PLAIN_TOKEN);
    if (!expected) {
      throw new TokenRefused(
          TokenRefusal.TYPE, "its typ is not " + (accessToken ? ACCESS_TOKEN : PLAIN_TOKEN));
    }
  }

  void check(VerifiedToken token, Instant now) {
    checkParties(token);
    if (accessToken && token.clientId().isEmpty()) {
      throw new TokenRefused(TokenRefusal.CLAIMS, "the claim client_id is missing");
    }
    checkTimes(token, now);
  }

  private void checkParties(VerifiedToken token) {
    if (!token.issuer().equals(issuer)) {
      throw new TokenRefused(TokenRefusal.ISSUER, "its iss is another");
    }
    if (!token.audience().contains(audience)) {
      throw new TokenRefused(TokenRefusal.AUDIENCE, "its aud is another");
    }
  }

  private void checkTimes(VerifiedToken token, Instant now) {
    if (notBeforeRequired && !token.hasNotBefore()) {
      throw new TokenRefused(TokenRefusal.CLAIMS, "the claim nbf is missing");
    }
    Duration life = Duration.between(token.issuedAt(), token.expiresAt());
    if (life.isNegative() || life.isZero()) {
      throw new TokenRefused(TokenRefusal.CLAIMS, "it ends before it was issued");
    }
    if (life.compareTo(mostLife) > 0) {
      throw new TokenRefused(
          TokenRefusal.LIFE_TOO_LONG, "it lives " + life + ", more than " + mostLife);
    }
    if (now.isBefore(from(token))) {
      throw new TokenRefused(TokenRefusal.NOT_YET_VALID, "its nbf or iat is later than now");
    }
    if (!now.isBefore(token.expiresAt().plus(leeway))) {
      throw new TokenRefused(TokenRefusal.EXPIRED, "its exp is over");
    }
  }

  /** From when it is accepted (inclusive): when it was issued and has begun, and its user was authenticated. */
  Instant from(VerifiedToken token) {
    Instant from = later(token.issuedAt(), token.notBefore());
    return later(from, token.authenticatedAt().orElse(from)).minus(leeway);
  }

  /** Until when it is accepted (exclusive). */
  Instant until(VerifiedToken token, TokenKey key) {
    Instant end = token.expiresAt().plus(leeway);
    Instant keyEnd = key.verifiesUntil().orElse(end);
    return keyEnd.isBefore(end) ? keyEnd : end;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  static void checkRevoked(RevokedTokens revoked, VerifiedToken token) {
    Boolean answer;
    try {
      answer = revoked.revoked(token);
    } catch (RuntimeException e) {
      throw new TokenRefused(
          TokenRefusal.UNAVAILABLE,
          "the revocation list failed with " + e.getClass().getName());
    }
    if (answer == null) {
      throw new TokenRefused(TokenRefusal.UNAVAILABLE, "the revocation list gave no answer");
    }
    if (answer) {
      throw new TokenRefused(TokenRefusal.TOKEN_REVOKED, "it was revoked");
    }
  }
}
