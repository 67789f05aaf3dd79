package io.qilin.security.token;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.KeyState;
import io.qilin.security.crypto.KeyStrength;
import io.qilin.security.crypto.SignatureAlgorithm;
import io.qilin.security.crypto.SigningKey;
import io.qilin.security.crypto.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key for tokens: its id, the one algorithm that it is for, its state, and until when it verifies. It prints without the key.
 * Immutable and safe to share between threads.
 */
public final class TokenKey {
  private static final int MOST_ID = 256;
  private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

  private final String id;
  private final JwsAlgorithm algorithm;
  private final KeyState state;
  private final @Nullable Instant verifiesUntil;
  private final JwsKey key;

  private TokenKey(
      String id,
      JwsAlgorithm algorithm,
      KeyState state,
      @Nullable Instant verifiesUntil,
      JwsKey key) {
    this.id = id;
    this.algorithm = algorithm;
    this.state = state;
    this.verifiesUntil = verifiesUntil;
    this.key = key;
  }

  /**
   * A secret for an HS algorithm.
   *
   * @param id the {@code kid} of its tokens: 1 to 256 visible characters
   * @param secret random, at least as long as the hash (RFC 7518, 3.2); copied, the caller may overwrite its own
   * @throws QilinException WEAK_KEY if it is shorter or can be guessed, INVALID_ARGUMENT for another id or algorithm
   */
  public static TokenKey secret(String id, JwsAlgorithm algorithm, byte[] secret) {
    KeyStrength.check(
        secret, algorithm.macBytes() * 8, "the token key " + QilinException.quote(id));
    return ofLength(id, algorithm, secret);
  }

  /** As {@link #secret}, with its length as the only thing that is asked of it. */
  static TokenKey ofLength(String id, JwsAlgorithm algorithm, byte[] secret) {
    if (!algorithm.isSymmetric()) {
      throw QilinException.invalid(algorithm.joseName() + " has no secret; give its public key");
    }
    if (secret.length < algorithm.macBytes()) {
      throw new QilinException(
          ErrorCode.WEAK_KEY,
          "the token key " + QilinException.quote(id) + " has " + secret.length + " bytes; "
              + algorithm.joseName() + " needs at least " + algorithm.macBytes());
    }
    return active(id, algorithm, JwsKey.secret(algorithm, secret));
  }

  /**
   * A public key, which verifies only.
   *
   * @throws QilinException WEAK_KEY if it is too short or damaged, INVALID_ARGUMENT if it is not one for the algorithm
   */
  public static TokenKey verifying(String id, JwsAlgorithm algorithm, PublicKey key) {
    VerifyingKey checked = VerifyingKey.of(signature(algorithm), key);
    return active(id, algorithm, JwsKey.verifying(algorithm, key, checked));
  }

  /**
   * A key pair, which signs and verifies. It signs once here, to see that the two belong together.
   *
   * @param random for algorithms that sign with a random number
   * @throws QilinException as {@link #verifying}, and INVALID_ARGUMENT if the private key is another's
   */
  public static TokenKey signing(
      String id, JwsAlgorithm algorithm, KeyPair pair, SecureRandom random) {
    SignatureAlgorithm signature = signature(algorithm);
    VerifyingKey verifying = VerifyingKey.of(signature, pair.getPublic());
    SigningKey signing = SigningKey.of(signature, pair.getPrivate(), random);
    if (!verifying.verify(PROBE, signing.sign(PROBE))) {
      throw QilinException.invalid("the private and the public part of the token key "
          + QilinException.quote(id) + " do not belong together");
    }
    return active(id, algorithm, JwsKey.signing(algorithm, pair, verifying, signing));
  }

  private static SignatureAlgorithm signature(JwsAlgorithm algorithm) {
    return algorithm
        .signature()
        .orElseThrow(() ->
            QilinException.invalid(algorithm.joseName() + " has no key pair; give it a secret"));
  }

  private static TokenKey active(String id, JwsAlgorithm algorithm, JwsKey key) {
    if (!PlainText.isPlain(id, MOST_ID)) {
      throw QilinException.invalid(
          "a key id has 1 to " + MOST_ID + " visible characters, not " + QilinException.quote(id));
    }
    return new TokenKey(id, algorithm, KeyState.ACTIVE, null, key);
  }

  /** The same key, verifying only, until a moment (exclusive). */
  public TokenKey verifyOnlyUntil(Instant until) {
    return new TokenKey(id, algorithm, KeyState.VERIFY_ONLY, until, key);
  }

  TokenKey revoked() {
    return new TokenKey(id, algorithm, KeyState.REVOKED, null, key);
  }

  /** The {@code kid} of its tokens. */
  public String id() {
    return id;
  }

  /** The one algorithm that it is for. */
  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /** What it may still do. */
  public KeyState state() {
    return state;
  }

  /** Until when it verifies (exclusive); empty if that has no end yet. */
  public Optional<Instant> verifiesUntil() {
    return Optional.ofNullable(verifiesUntil);
  }

  /** Whether it can sign, apart from its state. */
  public boolean canSign() {
    return key.canSign();
  }

  boolean usable(Instant now) {
    return state != KeyState.REVOKED && (verifiesUntil == null || now.isBefore(verifiesUntil));
  }

  boolean verifies(byte[] signed, byte[] signature) {
    return key.verify(signed, signature);
  }

  byte[] sign(byte[] toSign) {
    return key.sign(toSign);
  }

  Optional<VerifyingKey> publicKey() {
    return key.publicKey();
  }

  /** The id, the algorithm and the state. */
  @Override
  public String toString() {
    return "TokenKey[" + QilinException.quote(id) + ", " + algorithm.joseName() + ", " + state
        + "]";
  }
}
