package io.qilin.security.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * The weak signature of old clients: HMAC-SHA256 in hex over method, path, body and time stamp without anything between them. Two
 * different requests can have the same signature ({@code /api/order} with body {@code 1{}} and {@code /api/order1} with body {@code
 * {}}), and neither query nor headers are signed. Only for clients that cannot be changed yet; {@link RequestVerifier} is the scheme
 * to use.
 *
 * <p>As there is no nonce, the signature is taken for one: the same signature is accepted once. Safe to share between threads if the
 * keys and nonces are.
 */
public final class WeakConcatenatedSignature {
  private static final Duration WINDOW = RequestVerifier.LONGEST_WINDOW;

  private final RequestKeys keys;
  private final NonceStore nonces;
  private final Clock clock;

  private WeakConcatenatedSignature(RequestKeys keys, NonceStore nonces, Clock clock) {
    this.keys = Objects.requireNonNull(keys, "keys");
    this.nonces = Objects.requireNonNull(nonces, "nonces");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * A verifier of the weak signature, within 300 s.
   *
   * @param nonces not shared with a {@link RequestVerifier}, and made for a window of 300 s
   */
  public static WeakConcatenatedSignature acceptingAmbiguousRequests(
      RequestKeys keys, NonceStore nonces, Clock clock) {
    return new WeakConcatenatedSignature(keys, nonces, clock);
  }

  /** What an old client computes: 64 hex digits. */
  public static String sign(
      RequestKey key, String method, String path, byte[] body, String timestamp) {
    return HexFormat.of().formatHex(key.sign(joined(method, path, body, timestamp)));
  }

  /** Checks a request; a missing header is an empty text. */
  @SuppressWarnings("CatchingUnchecked") // whatever fails refuses, with its own reason
  public SignatureVerdict verify(
      String keyId, String method, String path, byte[] body, String timestamp, String signature) {
    try {
      accept(keyId, joined(method, path, body, timestamp), timestamp, signature);
      return new SignatureVerdict.Accepted(keyId);
    } catch (SignatureRefused e) {
      return e.verdict();
    } catch (RuntimeException e) {
      return new SignatureVerdict.Refused(SignatureRefusal.UNAVAILABLE);
    }
  }

  private void accept(String keyId, byte[] message, String timestamp, String signature) {
    boolean there = !keyId.isEmpty() && !timestamp.isEmpty() && !signature.isEmpty();
    RequestVerifier.require(there, SignatureRefusal.HEADER_MISSING);
    boolean formed = RequestKey.isId(keyId)
        && SignatureHeaders.isSeconds(timestamp)
        && SignatureHeaders.isHexOf256Bits(signature);
    RequestVerifier.require(formed, SignatureRefusal.HEADER_MALFORMED);
    Instant now = clock.instant();
    Instant stampedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
    RequestVerifier.require(
        Duration.between(stampedAt, now).abs().compareTo(WINDOW) <= 0, SignatureRefusal.TIMESTAMP);
    Optional<RequestKey> key = keys.find(keyId).filter(one -> one.id().equals(keyId));
    byte[] expected =
        key.map(one -> one.sign(message)).orElseGet(() -> RequestVerifier.NOBODY.sign(message));
    boolean same = MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature));
    RequestVerifier.require(key.isPresent(), SignatureRefusal.KEY_UNKNOWN);
    RequestVerifier.require(same, SignatureRefusal.SIGNATURE);
    RequestVerifier.usable(key.get(), now);
    RequestVerifier.take(nonces.take(keyId, signature, stampedAt));
  }

  private static byte[] joined(String method, String path, byte[] body, String timestamp) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(method.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(path.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    out.writeBytes(timestamp.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
