package io.qilin.security.device;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.access.Identity;
import io.qilin.security.crypto.HashAlgorithm;
import io.qilin.security.crypto.Hmac;
import io.qilin.security.pipeline.DeviceVerifier;
import io.qilin.security.pipeline.SecuredCall;
import io.qilin.security.signing.NonceStore;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * Trusts a device that answers a fresh challenge with the key under which it was registered: 1 if it does, 0 otherwise. A proof
 * holds for one subject, device, action and resource, for a minute, once. Challenges are not stored: they carry their time and a
 * tag of this verifier's own key, so asking for many costs no memory.
 *
 * <p>The host gives each device a random key of 32 bytes when it is registered, keeps it by {@link DeviceKeys}, and hands a
 * challenge to whoever asks. A key in a file of the device proves the file, not the hardware: where that matters, the device
 * keeps it in its secure element.
 *
 * <p>Safe to share between threads.
 */
public final class RegisteredDevices implements DeviceVerifier {
  /** How long a challenge may be answered. */
  public static final Duration WINDOW = Duration.ofSeconds(60);

  static final int TAG_BYTES = 32;
  private static final int RANDOM_BYTES = 16;
  private static final int BODY_BYTES = RANDOM_BYTES + Long.BYTES;
  private static final int CHALLENGE_DIGITS = 2 * (BODY_BYTES + TAG_BYTES);
  private static final int PROOF_LENGTH = CHALLENGE_DIGITS + 1 + 2 * TAG_BYTES;
  private static final HexFormat HEX = HexFormat.of();

  private final DeviceKeys keys;
  private final Hmac own;
  private final NonceStore used;
  private final Clock clock;
  private final SecureRandom random;

  private RegisteredDevices(
      DeviceKeys keys, Hmac own, NonceStore used, Clock clock, SecureRandom random) {
    this.keys = keys;
    this.own = own;
    this.used = used;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A verifier.
   *
   * @param keys the registered devices
   * @param secret of this verifier, at least 32 random bytes; processes that check each other's challenges share it
   * @param used remembers used challenges for at least two minutes; shared like the secret. {@link
   *     io.qilin.security.signing.NonceCache} does
   * @throws QilinException WEAK_KEY if the secret is shorter
   */
  public static RegisteredDevices of(
      DeviceKeys keys, byte[] secret, NonceStore used, Clock clock, SecureRandom random) {
    if (secret.length < TAG_BYTES) {
      throw new QilinException(
          ErrorCode.WEAK_KEY,
          "the secret behind challenges has at least 32 bytes, not " + secret.length);
    }
    return new RegisteredDevices(
        Objects.requireNonNull(keys, "keys"),
        Hmac.of(HashAlgorithm.SHA_256, secret),
        Objects.requireNonNull(used, "used"),
        Objects.requireNonNull(clock, "clock"),
        Objects.requireNonNull(random, "random"));
  }

  /** A challenge for {@link DeviceProof#answer}: hexadecimal digits. */
  public String challenge() {
    byte[] fresh = new byte[RANDOM_BYTES];
    random.nextBytes(fresh);
    byte[] body =
        ByteBuffer.allocate(BODY_BYTES).put(fresh).putLong(clock.millis()).array();
    return HEX.formatHex(body) + HEX.formatHex(own.sign(body));
  }

  @Override
  public double trust(Identity identity, SecuredCall<?> call) {
    String deviceId = call.deviceId().orElse("");
    String proof = call.attributes().getOrDefault(DeviceProof.ATTRIBUTE, "");
    if (deviceId.isEmpty() || !wellFormed(proof)) {
      return 0;
    }
    String challenge = proof.substring(0, CHALLENGE_DIGITS);
    Optional<Instant> issued = issued(challenge);
    Optional<Hmac> key = keys.key(identity.subject(), deviceId);
    // An unknown device costs the same time as a known one.
    boolean proven = key.orElse(own)
        .verify(
            DeviceProof.message(
                identity.subject(), deviceId, call.action(), call.resource(), challenge),
            HEX.parseHex(proof, CHALLENGE_DIGITS + 1, PROOF_LENGTH));
    if (!proven || key.isEmpty() || issued.isEmpty()) {
      return 0;
    }
    NonceStore.Answer answer = used.take("device:" + deviceId, challenge, issued.get());
    return answer == NonceStore.Answer.FRESH ? 1 : 0;
  }

  private static boolean wellFormed(String proof) {
    if (proof.length() != PROOF_LENGTH || proof.charAt(CHALLENGE_DIGITS) != '.') {
      return false;
    }
    for (int i = 0; i < proof.length(); i++) {
      char c = proof.charAt(i);
      boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (i != CHALLENGE_DIGITS && !digit) {
        return false;
      }
    }
    return true;
  }

  /** When a challenge was made, if it is of this verifier and may still be answered. */
  private Optional<Instant> issued(String challenge) {
    byte[] body = HEX.parseHex(challenge, 0, 2 * BODY_BYTES);
    byte[] tag = HEX.parseHex(challenge, 2 * BODY_BYTES, CHALLENGE_DIGITS);
    if (!own.verify(body, tag)) {
      return Optional.empty();
    }
    Instant at = Instant.ofEpochMilli(ByteBuffer.wrap(body).getLong(RANDOM_BYTES));
    Duration age = Duration.between(at, clock.instant());
    return age.abs().compareTo(WINDOW) <= 0 ? Optional.of(at) : Optional.empty();
  }
}
