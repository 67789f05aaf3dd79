package io.qilin.security.token;

import io.qilin.api.error.QilinException;
import io.qilin.security.internal.StrictJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies signed tokens (JWT, RFC 7519 with the advice of RFC 8725; OAuth 2 access tokens, RFC 9068) without any call to a
 * network.
 *
 * <p>A token is accepted if all of this holds: it is at most 8 KiB of three parts in canonical base64url; its header is strict JSON,
 * names a known key by {@code kid} and exactly the algorithm of that key, and brings no key, address, compression or extension;
 * the signature has its exact length and is right; the claims are strict JSON with {@code iss}, {@code aud}, {@code sub}, {@code
 * exp}, {@code iat} and {@code jti}; issuer, audience and type are those expected; now is within {@code nbf} and {@code exp}, give
 * or take the leeway; the life is not too long; it was not revoked. Whatever fails, the clock and the revocation list included,
 * refuses. Safe to share between threads.
 */
public final class TokenVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);
  private static final StrictJson JSON =
      StrictJson.limited(TokenLimits.MOST_BYTES, TokenLimits.MOST_DEPTH);

  private final TokenKeys keys;
  private final TokenRules rules;
  private final RevokedTokens revoked;
  private final Clock clock;
  private final int mostBytes;
  private final @Nullable TokenCache cache;

  private TokenVerifier(Builder builder, RevokedTokens revoked) {
    this.keys = builder.keys;
    this.clock = builder.clock;
    this.rules = builder.rules();
    this.revoked = revoked;
    this.mostBytes = builder.mostBytes;
    this.cache = builder.cached == 0 ? null : new TokenCache(builder.cached);
  }

  /**
   * A verifier for tokens of one issuer to one audience; say also how revoked tokens are known.
   *
   * @param issuer compared exactly with {@code iss}
   * @param audience must be among {@code aud}
   */
  public static Builder builder(TokenKeys keys, String issuer, String audience, Clock clock) {
    return new Builder(keys, issuer, audience, clock);
  }

  /** Collects what a verifier goes by. */
  public static final class Builder {
    private final TokenKeys keys;
    private final String issuer;
    private final String audience;
    private final Clock clock;
    private @Nullable RevokedTokens revoked;
    private Duration leeway = Duration.ofSeconds(30);
    private Duration mostLife = Duration.ofMinutes(15);
    private int mostBytes = 8 << 10;
    private int cached;
    private boolean accessToken;
    private boolean notBeforeRequired;

    private Builder(TokenKeys keys, String issuer, String audience, Clock clock) {
      this.keys = Objects.requireNonNull(keys, "keys");
      this.issuer = Objects.requireNonNull(issuer, "issuer");
      this.audience = Objects.requireNonNull(audience, "audience");
      this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Asks this list about every token. */
    public Builder revoked(RevokedTokens list) {
      revoked = Objects.requireNonNull(list, "list");
      return this;
    }

    /** Accepts every genuine token until it is over, because nobody can revoke one; this is logged as a warning. */
    public Builder withoutRevocation() {
      LOG.warn("tokens of {} are verified without a revocation list", QilinException.quote(issuer));
      revoked = token -> Boolean.FALSE;
      return this;
    }

    /** How far clocks may differ, 0 to 60 s; 30 s unless set. */
    public Builder leeway(Duration most) {
      leeway = TokenRules.bounded("the leeway", most, Duration.ZERO, TokenLimits.MOST_LEEWAY);
      return this;
    }

    /** The longest life from {@code iat} to {@code exp}, 1 s to 24 h; 15 minutes unless set. */
    public Builder mostLife(Duration most) {
      mostLife = TokenRules.bounded(
          "the longest life", most, Duration.ofSeconds(1), TokenLimits.MOST_LIFE);
      return this;
    }

    /** The longest token, 256 bytes to 16 KiB; 8 KiB unless set. */
    public Builder mostBytes(int most) {
      if (most < 256 || most > TokenLimits.MOST_BYTES) {
        throw QilinException.invalid(
            "the longest token has 256 to " + TokenLimits.MOST_BYTES + " bytes, not " + most);
      }
      mostBytes = most;
      return this;
    }

    /**
     * Accepts OAuth 2 access tokens only (RFC 9068): type {@code at+jwt}, claim {@code client_id}. Unless called, the type is
     * {@code JWT} or absent.
     */
    public Builder accessTokens() {
      accessToken = true;
      return this;
    }

    /** Refuses tokens without {@code nbf}; unless called, that claim is checked where it is present. */
    public Builder notBeforeRequired() {
      notBeforeRequired = true;
      return this;
    }

    /**
     * Remembers about so many accepted tokens, 1 to 1,048,576; none unless called. A remembered token is still checked for its
     * time, its key and its revocation.
     */
    public Builder cached(int tokens) {
      if (tokens < 1 || tokens > 1 << 20) {
        throw QilinException.invalid("1 to 1048576 tokens are remembered, not " + tokens);
      }
      cached = tokens;
      return this;
    }

    private TokenRules rules() {
      return new TokenRules(issuer, audience, leeway, mostLife, accessToken, notBeforeRequired);
    }

    /**
     * The verifier.
     *
     * @throws QilinException INVALID_ARGUMENT if neither {@link #revoked} nor {@link #withoutRevocation} was called
     */
    public TokenVerifier build() {
      if (revoked == null) {
        throw QilinException.invalid(
            "say how revoked tokens are known: revoked or withoutRevocation");
      }
      return new TokenVerifier(this, revoked);
    }
  }

  /** {@link #check} of the token in an Authorization header, which is null where there is none. */
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

  /**
   * The token, if it is accepted.
   *
   * @throws QilinException AUTHENTICATION with one message for every reason; see {@link #check} for the reason
   */
  public VerifiedToken verify(@Nullable String token) {
    return check(token).orThrow();
  }

  private TokenVerdict judge(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      throw new TokenRefused(TokenRefusal.MISSING, "there is no token");
    }
    if (token.length() > mostBytes) {
      throw new TokenRefused(
          TokenRefusal.TOO_LARGE, "it has more than " + mostBytes + " characters");
    }
    Instant now = clock.instant();
    TokenKeys.Snapshot snapshot = keys.snapshot();
    byte[] ascii = CompactJws.ascii(token);
    TokenCache known = cache;
    if (known == null) {
      return unrevoked(genuine(ascii, snapshot, now).accepted());
    }
    TokenDigest digest = TokenDigest.of(ascii);
    TokenVerdict.Accepted hit = known.find(digest, snapshot, now);
    if (hit != null) {
      return unrevoked(hit);
    }
    Genuine fresh = genuine(ascii, snapshot, now);
    TokenVerdict.Accepted accepted = unrevoked(fresh.accepted());
    known.put(digest, snapshot, fresh);
    return accepted;
  }

  private Genuine genuine(byte[] ascii, TokenKeys.Snapshot snapshot, Instant now) {
    CompactJws jws = CompactJws.parse(ascii);
    TokenKey key = snapshot.verifying(jws.header(), now);
    if (!jws.signedBy(key)) {
      throw new TokenRefused(TokenRefusal.SIGNATURE, "its signature is not one of its key");
    }
    rules.checkType(jws.header());
    VerifiedToken token = new VerifiedToken(key.id(), claims(jws));
    rules.check(token, now);
    return new Genuine(
        new TokenVerdict.Accepted(token), rules.from(token), rules.until(token, key));
  }

  private static TokenClaims claims(CompactJws jws) {
    try {
      return new TokenClaims(JSON.object(jws.payload(), "the token's payload"));
    } catch (TokenRefused e) {
      throw e;
    } catch (QilinException e) {
      throw new TokenRefused(TokenRefusal.CLAIMS, String.valueOf(e.getMessage()));
    }
  }

  private TokenVerdict.Accepted unrevoked(TokenVerdict.Accepted accepted) {
    TokenRules.checkRevoked(revoked, accepted.token());
    return accepted;
  }

  /**
   * A genuine token and the time in which it is accepted.
   *
   * @param from inclusive
   * @param until exclusive; the end of the token or of its key's overlap, whichever is first
   */
  record Genuine(TokenVerdict.Accepted accepted, Instant from, Instant until) {}
}
