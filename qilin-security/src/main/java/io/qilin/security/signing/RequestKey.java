package io.qilin.security.signing;

import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.HashAlgorithm;
import io.qilin.security.crypto.Hmac;
import io.qilin.security.crypto.KeyState;
import io.qilin.security.crypto.KeyStrength;
import java.time.Instant;
import java.util.Objects;

/** The key with which one client signs its requests. Its bytes are copied and never shown. Immutable. */
public final class RequestKey {
  private static final int BITS = 256;
  private static final int LONGEST_ID = 64;

  private final String id;
  private final Hmac secret;
  private final KeyState state;
  private final Instant expiresAt;

  private RequestKey(String id, byte[] secret, KeyState state, Instant expiresAt) {
    this.id = id;
    this.secret = Hmac.of(HashAlgorithm.SHA_256, secret);
    this.state = Objects.requireNonNull(state, "state");
    this.expiresAt = Objects.requireNonNull(expiresAt, "expiresAt");
  }

  /**
   * A key.
   *
   * @param id 1 to 64 characters of letters, digits, {@code - _ .}
   * @param secret at least 32 random bytes
   * @param state whether it signs and verifies, verifies, or nothing
   * @param expiresAt the first moment at which it is refused
   * @throws QilinException INVALID_ARGUMENT if the id has another form; WEAK_KEY as {@link KeyStrength}
   */
  public static RequestKey of(String id, byte[] secret, KeyState state, Instant expiresAt) {
    if (!isId(id)) {
      throw QilinException.invalid(
          "the id of a signing key has 1 to 64 letters, digits, - _ and .");
    }
    KeyStrength.check(secret, BITS, "the signing key '" + id + "'");
    return new RequestKey(id, secret, state, expiresAt);
  }

  static boolean isId(String text) {
    return text.length() <= LONGEST_ID && text.matches("[A-Za-z0-9_.-]+");
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** What it may still do. */
  public KeyState state() {
    return state;
  }

  /** The first moment at which it is refused. */
  public Instant expiresAt() {
    return expiresAt;
  }

  byte[] sign(byte[] message) {
    return secret.sign(message);
  }

  /** The id and the state. */
  @Override
  public String toString() {
    return "RequestKey[" + id + ", " + state + "]";
  }
}
