package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.KeyState;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Signs the requests of one client, as {@link RequestVerifier} checks them. Immutable; safe to share between threads. */
public final class RequestSigner {
  private static final int NONCE_BYTES = 16;
  private static final int MOST_HEADERS = 32;

  private final RequestKey key;
  private final List<String> signedHeaders;
  private final Clock clock;
  private final SecureRandom random;

  private RequestSigner(
      RequestKey key, List<String> signedHeaders, Clock clock, SecureRandom random) {
    this.key = Objects.requireNonNull(key, "key");
    this.signedHeaders = signedHeaders;
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * A signer.
   *
   * @param signedHeaders the names of headers to sign, at most 32; one that a request does not have is signed as absent
   * @throws QilinException INVALID_ARGUMENT if a name is not one of letters, digits and {@code -}, or there are too many
   */
  public static RequestSigner of(
      RequestKey key, List<String> signedHeaders, Clock clock, SecureRandom random) {
    List<String> names = RequestVerifier.lower(signedHeaders);
    if (names.size() > MOST_HEADERS) {
      throw QilinException.invalid("at most 32 headers are signed, not " + names.size());
    }
    return new RequestSigner(key, names, clock, random);
  }

  /**
   * The headers to add to the request.
   *
   * @throws QilinException KEY_UNAVAILABLE if the key is not active or its time is over; INPUT_REJECTED if the request is too long to
   *     be signed, or not well-formed Unicode
   */
  public List<HeaderField> sign(SignableRequest request) {
    Instant now = clock.instant();
    if (key.state() != KeyState.ACTIVE || !now.isBefore(key.expiresAt())) {
      throw new QilinException(
          ErrorCode.KEY_UNAVAILABLE,
          "the signing key " + key.id() + " signs no more; use the one that took its place");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    CanonicalRequest.Stamp stamp = new CanonicalRequest.Stamp(
        key.id(),
        signedHeaders,
        Long.toString(now.getEpochSecond()),
        HexFormat.of().formatHex(nonce));
    String signature = HexFormat.of().formatHex(key.sign(CanonicalRequest.bytes(request, stamp)));
    List<HeaderField> headers = new ArrayList<>();
    headers.add(new HeaderField(SignatureHeaders.KEY_ID, stamp.keyId()));
    headers.add(new HeaderField(SignatureHeaders.TIMESTAMP, stamp.timestamp()));
    headers.add(new HeaderField(SignatureHeaders.NONCE, stamp.nonce()));
    if (!signedHeaders.isEmpty()) {
      headers.add(
          new HeaderField(SignatureHeaders.SIGNED_HEADERS, String.join(";", signedHeaders)));
    }
    headers.add(new HeaderField(SignatureHeaders.SIGNATURE, signature));
    return List.copyOf(headers);
  }
}
