package io.qilin.security.token;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that was genuine and valid when it was verified. It says who the caller is. Roles, permissions and {@link #mfaHint} are
 * hints of the issuer: what the caller may do, and whether a second factor is needed, the policy decides. Immutable.
 */
public final class VerifiedToken {
  private final String keyId;
  private final TokenClaims claims;
  private final String issuer;
  private final String subject;
  private final String id;
  private final List<String> audience;
  private final Instant issuedAt;
  private final Instant expiresAt;

  /** Takes the claims that every token has, and refuses it if one is missing. */
  VerifiedToken(String keyId, TokenClaims claims) {
    this.keyId = keyId;
    this.claims = claims;
    this.issuer = claims.text("iss");
    this.subject = claims.text("sub");
    this.id = claims.text("jti");
    this.audience = claims.audience();
    this.issuedAt = claims.time("iat");
    this.expiresAt = claims.time("exp");
  }

  /** Whom the token is about (claim {@code sub}). */
  public String subject() {
    return subject;
  }

  /** The user (claim {@code user_id}); the subject where that claim is absent. */
  public String userId() {
    return claims.optionalText("user_id").orElseGet(this::subject);
  }

  /** Who issued it (claim {@code iss}). */
  public String issuer() {
    return issuer;
  }

  /** For whom it is (claim {@code aud}). */
  public List<String> audience() {
    return audience;
  }

  /** Its id (claim {@code jti}), by which it is revoked; an opaque token without one has the hash of its text. */
  public String id() {
    return id;
  }

  /** When it was issued (claim {@code iat}). */
  public Instant issuedAt() {
    return issuedAt;
  }

  /** When it begins (claim {@code nbf}); the time of issue where that claim is absent. */
  public Instant notBefore() {
    return claims.optionalTime("nbf").orElseGet(this::issuedAt);
  }

  boolean hasNotBefore() {
    return claims.optionalTime("nbf").isPresent();
  }

  /** When it is over (claim {@code exp}), without leeway. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** The roles that the issuer names (claim {@code roles}); a hint. */
  public List<String> roles() {
    return claims.list("roles");
  }

  /** The permissions that the issuer names (claim {@code permissions}); a hint that grants nothing. */
  public List<String> permissions() {
    return claims.list("permissions");
  }

  /**
   * Whether the issuer asks for a second factor (claim {@code require_mfa}). Yes may add to what the policy asks; no, or no such
   * claim, takes nothing away.
   */
  public boolean mfaHint() {
    return claims.mfaHint();
  }

  /** How the user was authenticated (claim {@code amr}, RFC 8176), for example {@code pwd} and {@code otp}. */
  public List<String> authenticationMethods() {
    return claims.list("amr");
  }

  /** When the user was authenticated (claim {@code auth_time}). */
  public Optional<Instant> authenticatedAt() {
    return claims.optionalTime("auth_time");
  }

  /** The client that the token was issued to (claim {@code client_id}). */
  public Optional<String> clientId() {
    return claims.optionalText("client_id");
  }

  /** The scopes (claim {@code scope}, RFC 8693); a hint. */
  public List<String> scopes() {
    return claims
        .optionalText("scope")
        .map(scope -> List.of(scope.split(" ", -1)))
        .orElse(List.of());
  }

  /** The id of the key that signed it; {@code introspection} where a server was asked. */
  public String keyId() {
    return keyId;
  }

  /** All claims as they were read: texts, {@code BigDecimal}, {@code Boolean}, lists, maps and null. Unmodifiable. */
  public Map<String, @Nullable Object> claims() {
    return claims.all();
  }

  /** The key and the end only; nothing about the user. */
  @Override
  public String toString() {
    return "VerifiedToken[key=" + keyId + ", expiresAt=" + expiresAt() + "]";
  }
}
