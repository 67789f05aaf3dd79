package io.qilin.security.token;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.KeyState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer, by id. A token is verified with the key that it names and no other.
 *
 * <p>On rotation the new key signs and the old one goes on verifying for as long as tokens of it can be alive: the longest life
 * plus the leeway. Safe to share between threads: readers take one immutable snapshot, changes replace it under a lock.
 */
public final class TokenKeys {
  private static final int MOST_KEYS = 256;

  private volatile Snapshot snapshot;

  private TokenKeys(Map<String, TokenKey> keys) {
    this.snapshot = new Snapshot(keys);
  }

  /**
   * Keys at the start; the last active one that can sign is the one that signs.
   *
   * @throws QilinException INVALID_ARGUMENT if there are none or more than 256, or two have one id
   */
  public static TokenKeys of(Collection<TokenKey> keys) {
    return new TokenKeys(checked(JwkReader.byId(keys)));
  }

  /** One key at the start. */
  public static TokenKeys of(TokenKey key) {
    return of(List.of(key));
  }

  /**
   * The keys of a JWK set or of a single JWK, to verify with; private parts are not read. Keys for encryption and of unknown kinds
   * are passed over. A key names its algorithm, or its curve does.
   *
   * @param jwks JSON in UTF-8, from the host's configuration or its own call to the issuer; never from a token
   * @throws QilinException INPUT_REJECTED if it is not strict JSON; WEAK_KEY for a weak key; ALGORITHM_UNSUPPORTED for an unknown
   *     algorithm; INVALID_ARGUMENT for a damaged key, two keys with one id, or none at all
   */
  public static TokenKeys fromJwks(byte[] jwks) {
    return of(JwkReader.read(jwks, false));
  }

  /**
   * Lets a new key sign; the ones that signed before verify until a moment.
   *
   * @param next a key that can sign
   * @param oldVerifyUntil (exclusive) now, plus the longest life of a token, plus the leeway of verifiers
   * @throws QilinException INVALID_ARGUMENT if the key cannot sign, its id is taken, or there would be more than 256 keys
   */
  public synchronized void rotate(TokenKey next, Instant oldVerifyUntil) {
    if (!next.canSign() || next.state() != KeyState.ACTIVE) {
      throw QilinException.invalid(next + " cannot sign; rotate to an active secret or key pair");
    }
    Map<String, TokenKey> keys = new LinkedHashMap<>(snapshot.keys);
    keys.replaceAll((id, key) -> key.state() == KeyState.ACTIVE && key.canSign()
        ? key.verifyOnlyUntil(oldVerifyUntil)
        : key);
    if (keys.putIfAbsent(next.id(), next) != null) {
      throw QilinException.invalid(
          "the key id " + QilinException.quote(next.id()) + " is taken; a new key has a new id");
    }
    snapshot = new Snapshot(checked(keys));
  }

  /**
   * Refuses a key from now on, and its id even when a later set brings it again.
   *
   * @throws QilinException KEY_UNAVAILABLE if there is no such key
   */
  public synchronized void revoke(String id) {
    TokenKey key = snapshot.keys.get(id);
    if (key == null) {
      throw new QilinException(
          ErrorCode.KEY_UNAVAILABLE, "there is no token key " + QilinException.quote(id));
    }
    Map<String, TokenKey> keys = new LinkedHashMap<>(snapshot.keys);
    keys.put(id, key.revoked());
    snapshot = new Snapshot(keys);
  }

  /**
   * Takes the keys that the issuer publishes now instead of those before. Ids that were revoked here stay revoked. If the set is
   * refused, nothing changes.
   *
   * @throws QilinException as {@link #of} and {@link #fromJwks}
   */
  public synchronized void replace(Collection<TokenKey> published) {
    Map<String, TokenKey> keys = new LinkedHashMap<>(JwkReader.byId(published));
    for (TokenKey old : snapshot.keys.values()) {
      if (old.state() == KeyState.REVOKED) {
        keys.put(old.id(), old);
      }
    }
    snapshot = new Snapshot(checked(keys));
  }

  /** Forgets keys whose time to verify is over; a token of one is then of an unknown key. */
  public synchronized void prune(Instant now) {
    Map<String, TokenKey> keys = new LinkedHashMap<>(snapshot.keys);
    keys.values()
        .removeIf(
            key -> key.verifiesUntil().filter(until -> !now.isBefore(until)).isPresent());
    snapshot = new Snapshot(keys);
  }

  /** {@link #replace(Collection)} with the keys of a JWK set. */
  public void replace(byte[] jwks) {
    replace(JwkReader.read(jwks, false));
  }

  /** The public keys that verify at a moment, as a JWK set to publish; secrets are never in it. */
  public String jwks(Instant now) {
    List<TokenKey> open = new ArrayList<>(snapshot.keys.values());
    open.removeIf(key -> !key.usable(now));
    return JwkWriter.write(open);
  }

  /** All keys, in the order in which they were added. */
  public List<TokenKey> keys() {
    return List.copyOf(snapshot.keys.values());
  }

  /** The key that signs now. */
  public Optional<TokenKey> signing() {
    return Optional.ofNullable(snapshot.signing);
  }

  Snapshot snapshot() {
    return snapshot;
  }

  private static Map<String, TokenKey> checked(Map<String, TokenKey> keys) {
    if (keys.isEmpty() || keys.size() > MOST_KEYS) {
      throw QilinException.invalid(
          "there are 1 to " + MOST_KEYS + " token keys for signatures, not " + keys.size());
    }
    return keys;
  }

  /** The keys at one time. */
  static final class Snapshot {
    private final Map<String, TokenKey> keys;
    private final @Nullable TokenKey signing;

    Snapshot(Map<String, TokenKey> keys) {
      this.keys = Collections.unmodifiableMap(keys);
      TokenKey last = null;
      for (TokenKey key : keys.values()) {
        last = key.state() == KeyState.ACTIVE && key.canSign() ? key : last;
      }
      this.signing = last;
    }

    /** The key that a token names, if it may verify now with the algorithm that the token names too. */
    TokenKey verifying(JwsHeaderFields header, Instant now) {
      TokenKey key = header.keyId().map(keys::get).orElse(null);
      if (key == null) {
        throw new TokenRefused(TokenRefusal.KEY_UNKNOWN, "its kid is absent or not a known key");
      }
      if (!key.algorithm().joseName().equals(header.algorithm())) {
        throw new TokenRefused(TokenRefusal.ALGORITHM, "its alg is not that of its key");
      }
      if (!key.usable(now)) {
        throw new TokenRefused(
            TokenRefusal.KEY_REVOKED, "its key is revoked or its overlap is over");
      }
      return key;
    }
  }
}
