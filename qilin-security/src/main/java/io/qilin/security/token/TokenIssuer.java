package io.qilin.security.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.security.internal.FreshBytes;
import io.qilin.security.internal.StrictBase64Url;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * Issues signed tokens (JWT, RFC 7519) with the key that signs now. Every token has {@code iss}, {@code aud}, {@code sub}, {@code
 * iat}, {@code nbf}, {@code exp} and a {@code jti} of 128 random bits. Safe to share between threads.
 */
public final class TokenIssuer {
  private static final int ID_BYTES = 16;

  private final TokenKeys keys;
  private final String issuer;
  private final String audience;
  private final Clock clock;
  private final SecureRandom random;

  private TokenIssuer(
      TokenKeys keys, String issuer, String audience, Clock clock, SecureRandom random) {
    this.keys = Objects.requireNonNull(keys, "keys");
    this.issuer = named("issuer", issuer);
    this.audience = named("audience", audience);
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * An issuer of tokens to one audience.
   *
   * @throws QilinException INVALID_ARGUMENT if issuer or audience is empty, too long or has hidden characters
   */
  public static TokenIssuer of(
      TokenKeys keys, String issuer, String audience, Clock clock, SecureRandom random) {
    return new TokenIssuer(keys, issuer, audience, clock, random);
  }

  /**
   * Issues a token of type {@code JWT}.
   *
   * @throws QilinException KEY_UNAVAILABLE if no key signs now, INVALID_ARGUMENT if the token would be longer than 16 KiB,
   *     SECURITY_UNAVAILABLE if the clock or the random numbers fail
   */
  public IssuedToken issue(TokenGrant grant) {
    return issue(grant, JOSEObjectType.JWT);
  }

  /**
   * Issues an OAuth 2 access token, type {@code at+jwt} (RFC 9068).
   *
   * @throws QilinException as {@link #issue}, and INVALID_ARGUMENT if the grant names no client
   */
  public IssuedToken issueAccessToken(TokenGrant grant) {
    if (grant.clientId().isEmpty()) {
      throw QilinException.invalid("an access token is for a client; set clientId");
    }
    return issue(grant, new JOSEObjectType("at+jwt"));
  }

  private IssuedToken issue(TokenGrant grant, JOSEObjectType type) {
    // The time before the key: a key that is replaced in between still verifies until all tokens of
    // before are over.
    Instant now = now();
    TokenKey key = keys.signing()
        .orElseThrow(() -> new QilinException(
            ErrorCode.KEY_UNAVAILABLE, "no token key signs now; rotate to one that can"));
    String id = StrictBase64Url.encode(FreshBytes.draw(random, ID_BYTES));
    Instant end = now.plus(grant.life());
    String header = new JWSHeader.Builder(key.algorithm().nimbus())
        .type(type)
        .keyID(key.id())
        .build()
        .toString();
    String signed = part(header) + "." + part(claims(grant, id, now, end));
    byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
    String text = signed + "." + StrictBase64Url.encode(signature);
    if (text.length() > TokenLimits.MOST_BYTES) {
      throw QilinException.invalid("the token has " + text.length() + " characters, more than "
          + TokenLimits.MOST_BYTES + "; name fewer roles and permissions");
    }
    return new IssuedToken(Secret.of(text), id, key.id(), now, end);
  }

  private Instant now() {
    try {
      return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE, "the clock failed, so no token is issued", e);
    }
  }

  private String claims(TokenGrant grant, String id, Instant now, Instant end) {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(audience)
        .subject(grant.subject())
        .jwtID(id)
        .claim("iat", now.getEpochSecond())
        .claim("nbf", now.getEpochSecond())
        .claim("exp", end.getEpochSecond());
    grant.userId().ifPresent(user -> claims.claim("user_id", user));
    grant.clientId().ifPresent(client -> claims.claim("client_id", client));
    grant.authenticatedAt().ifPresent(at -> claims.claim("auth_time", at.getEpochSecond()));
    list(claims, "roles", grant.roles());
    list(claims, "permissions", grant.permissions());
    list(claims, "amr", grant.authenticationMethods());
    if (grant.mfaHint()) {
      claims.claim("require_mfa", true);
    }
    return claims.build().toString();
  }

  private static void list(JWTClaimsSet.Builder claims, String name, List<String> items) {
    if (!items.isEmpty()) {
      claims.claim(name, items);
    }
  }

  private static String part(String json) {
    return StrictBase64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String named(String what, String name) {
    if (!PlainText.isPlain(name, 1_024)) {
      throw QilinException.invalid(
          "the " + what + " of tokens has 1 to 1024 visible characters and no blank at its ends");
    }
    return name;
  }
}
