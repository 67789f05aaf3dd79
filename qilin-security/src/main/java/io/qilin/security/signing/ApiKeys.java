package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.security.crypto.KeyState;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issues, checks, rotates and revokes API keys. A key is 256 random bits after a public id; the store holds a hash. Whether the id is
 * unknown or the secret wrong, the same work is done. Safe to share between threads if the store is.
 *
 * <pre>
 * ApiKeys keys = ApiKeys.of(new MemoryApiKeyStore(), Clock.systemUTC(), new SecureRandom());
 * IssuedApiKey issued = keys.issue("desk-1", Set.of("orders"), Duration.ofDays(90));
 * ApiKey key = keys.verify(issued.secret().reveal(), "orders").orThrow();
 * </pre>
 */
public final class ApiKeys {
  private static final Duration LONGEST_LIFE = Duration.ofDays(366);
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  private final ApiKeyStore store;
  private final Clock clock;
  private final SecureRandom random;

  /** What an unknown id is checked against; nobody has its secret. */
  private final byte[] nobody;

  private ApiKeys(ApiKeyStore store, Clock clock, SecureRandom random) {
    this.store = Objects.requireNonNull(store, "store");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
    this.nobody = ApiKeyText.random(random).hash();
  }

  /** Keys of one store. */
  public static ApiKeys of(ApiKeyStore store, Clock clock, SecureRandom random) {
    return new ApiKeys(store, clock, random);
  }

  /**
   * Makes a key.
   *
   * @param owner whom it speaks for, 1 to 128 characters
   * @param scopes what it may be used for; at least one
   * @param life how long it counts, more than 0 and at most 366 days
   * @throws QilinException INVALID_ARGUMENT if one is out of range; what the store throws
   */
  public IssuedApiKey issue(String owner, Set<String> scopes, Duration life) {
    positive(life, LONGEST_LIFE, "the life of an API key");
    Instant now = clock.instant();
    return insert(owner, scopes, now, now.plus(life));
  }

  private IssuedApiKey insert(String owner, Set<String> scopes, Instant now, Instant end) {
    ApiKeyText text = ApiKeyText.random(random);
    ApiKey key = new ApiKey(
        text.id(), owner, scopes, text.hashHex(), now, end, KeyState.ACTIVE, Optional.empty());
    if (!store.insert(key)) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the new API key was not stored: its random id is taken; check the source of random numbers");
    }
    return new IssuedApiKey(Secret.of(text.text()), key);
  }

  /**
   * Checks a key for one use.
   *
   * @param presented what the caller sent; null if nothing
   * @param scope what it is to be used for
   */
  @SuppressWarnings("CatchingUnchecked") // whatever fails refuses, with its own reason
  public ApiKeyVerdict verify(@Nullable String presented, String scope) {
    if (presented == null || presented.isEmpty()) {
      return new ApiKeyVerdict.Refused(ApiKeyRefusal.MISSING);
    }
    Optional<ApiKeyText> text = ApiKeyText.parse(presented);
    if (text.isEmpty()) {
      return new ApiKeyVerdict.Refused(ApiKeyRefusal.MALFORMED);
    }
    try {
      return verify(text.get(), scope, clock.instant());
    } catch (RuntimeException e) {
      return new ApiKeyVerdict.Refused(ApiKeyRefusal.UNAVAILABLE);
    }
  }

  private ApiKeyVerdict verify(ApiKeyText text, String scope, Instant now) {
    Optional<ApiKey> found = store.find(text.id()).filter(key -> key.id().equals(text.id()));
    byte[] expected = found.map(key -> HexFormat.of().parseHex(key.hash())).orElse(nobody);
    boolean same = MessageDigest.isEqual(expected, text.hash());
    if (found.isEmpty()) {
      return new ApiKeyVerdict.Refused(ApiKeyRefusal.UNKNOWN);
    }
    if (!same) {
      return new ApiKeyVerdict.Refused(ApiKeyRefusal.WRONG);
    }
    ApiKey key = found.get();
    if (key.state() == KeyState.REVOKED) {
      return new ApiKeyVerdict.Refused(ApiKeyRefusal.REVOKED);
    }
    if (!key.usableAt(now)) {
      return new ApiKeyVerdict.Refused(ApiKeyRefusal.EXPIRED);
    }
    return key.allows(scope)
        ? new ApiKeyVerdict.Accepted(key)
        : new ApiKeyVerdict.Refused(ApiKeyRefusal.SCOPE);
  }

  /**
   * Makes a key that takes the place of another, of the same owner, scopes and life; the other one counts for the overlap, and no
   * longer than it would have. Of two rotations of one key at once, one fails.
   *
   * @param overlap 0 to 7 days
   * @throws QilinException KEY_UNAVAILABLE if there is no such key, or it is not active any more; INVALID_ARGUMENT if the overlap is
   *     out of range; what the store throws
   */
  public IssuedApiKey rotate(String id, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw QilinException.invalid("the overlap of a rotation is 0 to 7 days, not " + overlap);
    }
    Instant now = clock.instant();
    ApiKey old = active(id, now);
    Duration life = Duration.between(old.createdAt(), old.expiresAt());
    IssuedApiKey issued = insert(old.owner(), old.scopes(), now, now.plus(life));
    Instant end =
        earlier(old.expiresAt(), later(now.plus(overlap), old.createdAt().plusNanos(1)));
    ApiKey ending =
        old.withEnd(KeyState.VERIFY_ONLY, end, Optional.of(issued.key().id()));
    if (!store.replace(old, ending)) {
      // Nobody has seen the new key, so it must not stay behind.
      end(issued.key());
      throw unavailable(id, "it was changed at the same time");
    }
    return issued;
  }

  private ApiKey active(String id, Instant now) {
    ApiKey key = store.find(id).orElseThrow(() -> unavailable(id, "there is none of this id"));
    if (key.state() != KeyState.ACTIVE || !key.usableAt(now)) {
      throw unavailable(id, "it is not active any more");
    }
    return key;
  }

  /**
   * Ends a key at once and for good.
   *
   * @throws QilinException KEY_UNAVAILABLE if there is no such key; SECURITY_UNAVAILABLE if others keep changing it; what the store
   *     throws
   */
  public void revoke(String id) {
    end(store.find(id).orElseThrow(() -> unavailable(id, "there is none of this id")));
  }

  private void end(ApiKey seen) {
    ApiKey key = seen;
    for (int tries = 0; tries < 100; tries++) {
      if (key.state() == KeyState.REVOKED
          || store.replace(key, key.withEnd(KeyState.REVOKED, key.expiresAt(), key.successor()))) {
        return;
      }
      String id = key.id();
      key = store.find(id).orElseThrow(() -> unavailable(id, "there is none of this id"));
    }
    throw new QilinException(
        ErrorCode.SECURITY_UNAVAILABLE,
        "the API key " + key.id() + " was not revoked: others keep changing it; try again");
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private static void positive(Duration length, Duration most, String what) {
    if (length.isNegative() || length.isZero() || length.compareTo(most) > 0) {
      throw QilinException.invalid(
          what + " is more than 0 and at most " + most + ", not " + length);
    }
  }

  private static QilinException unavailable(String id, String why) {
    return new QilinException(
        ErrorCode.KEY_UNAVAILABLE,
        "the API key " + QilinException.quote(id) + " is not changed: " + why);
  }
}
