package io.qilin.security.signing;

import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.HashAlgorithm;
import io.qilin.security.crypto.Hmac;
import io.qilin.security.crypto.KeyState;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks signed requests: the form of the headers, the time, the signature, the key, and last the nonce, so that only a right
 * signature takes room in the nonces. An unknown key costs the same work as a wrong signature. Whatever fails refuses. Safe to share
 * between threads if the keys and nonces are.
 *
 * <p>A request carries {@code X-Key-Id}, {@code X-Timestamp} (seconds since 1970), {@code X-Nonce} (at least 96 bits), {@code
 * X-Signed-Headers} (names in small letters, sorted, between semicolons; left out if there are none) and {@code X-Signature}
 * (HMAC-SHA256 in 64 small hex digits over the canonical form, see {@code docs/security-signing.md}).
 *
 * <pre>
 * RequestVerifier verifier = RequestVerifier.builder(keys, nonces, Clock.systemUTC()).mustSign("content-type").build();
 * String keyId = verifier.verify(SignableRequest.of("POST", "/orders?dry=1", headers, BodyHash.of(body))).orThrow();
 * </pre>
 */
public final class RequestVerifier {
  /** How far a request's time may lie from now unless another length is given. */
  public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(60);

  /** The longest window. */
  public static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

  /** How much longer than needed a nonce is kept. */
  static final Duration LEEWAY = Duration.ofSeconds(30);

  /** What an unknown key signs with, for the time that it takes; its signature is not accepted. */
  static final Hmac NOBODY = Hmac.of(HashAlgorithm.SHA_256, new byte[32]);

  private final RequestKeys keys;
  private final NonceStore nonces;
  private final Clock clock;
  private final Duration window;
  private final List<String> mustSign;

  private RequestVerifier(Builder builder) {
    this.keys = builder.keys;
    this.nonces = builder.nonces;
    this.clock = builder.clock;
    this.window = builder.window;
    this.mustSign = builder.mustSign;
  }

  /** A verifier with these keys and nonces. */
  public static Builder builder(RequestKeys keys, NonceStore nonces, Clock clock) {
    return new Builder(keys, nonces, clock);
  }

  /** Checks a request; its headers are those of the signature and all others. */
  @SuppressWarnings("CatchingUnchecked") // whatever fails refuses, with its own reason
  public SignatureVerdict verify(SignableRequest request) {
    try {
      return new SignatureVerdict.Accepted(accept(request));
    } catch (SignatureRefused e) {
      return e.verdict();
    } catch (RuntimeException e) {
      return new SignatureVerdict.Refused(SignatureRefusal.UNAVAILABLE);
    }
  }

  private String accept(SignableRequest request) {
    SignatureHeaders headers = SignatureHeaders.read(request);
    CanonicalRequest.Stamp stamp = headers.stamp();
    Instant now = clock.instant();
    Instant stampedAt = Instant.ofEpochSecond(Long.parseLong(stamp.timestamp()));
    require(
        Duration.between(stampedAt, now).abs().compareTo(window) <= 0, SignatureRefusal.TIMESTAMP);
    require(stamp.signedHeaders().containsAll(mustSign), SignatureRefusal.HEADER_UNSIGNED);
    byte[] message = canonical(request, stamp);
    Optional<RequestKey> key =
        keys.find(stamp.keyId()).filter(one -> one.id().equals(stamp.keyId()));
    byte[] expected = key.map(one -> one.sign(message)).orElseGet(() -> NOBODY.sign(message));
    boolean same = MessageDigest.isEqual(expected, headers.signature());
    require(key.isPresent(), SignatureRefusal.KEY_UNKNOWN);
    require(same, SignatureRefusal.SIGNATURE);
    usable(key.get(), now);
    take(nonces.take(stamp.keyId(), stamp.nonce(), stampedAt));
    return stamp.keyId();
  }

  private static byte[] canonical(SignableRequest request, CanonicalRequest.Stamp stamp) {
    try {
      return CanonicalRequest.bytes(request, stamp);
    } catch (QilinException e) {
      throw new SignatureRefused(SignatureRefusal.REQUEST_MALFORMED);
    }
  }

  static void usable(RequestKey key, Instant now) {
    require(key.state() != KeyState.REVOKED, SignatureRefusal.KEY_REVOKED);
    require(now.isBefore(key.expiresAt()), SignatureRefusal.KEY_EXPIRED);
  }

  static void take(NonceStore.Answer answer) {
    switch (answer) {
      case FRESH -> {}
      case SEEN -> throw new SignatureRefused(SignatureRefusal.REPLAY);
      case TOO_OLD -> throw new SignatureRefused(SignatureRefusal.NONCE_TOO_OLD);
      case FULL -> throw new SignatureRefused(SignatureRefusal.NONCE_FULL);
    }
  }

  static void require(boolean holds, SignatureRefusal reason) {
    if (!holds) {
      throw new SignatureRefused(reason);
    }
  }

  static void checkWindow(Duration window) {
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw QilinException.invalid("the window of request signing is 1 to 300 s, not " + window);
    }
  }

  /** Sets up a verifier. */
  public static final class Builder {
    private final RequestKeys keys;
    private final NonceStore nonces;
    private final Clock clock;
    private Duration window = DEFAULT_WINDOW;
    private List<String> mustSign = List.of();

    private Builder(RequestKeys keys, NonceStore nonces, Clock clock) {
      this.keys = Objects.requireNonNull(keys, "keys");
      this.nonces = Objects.requireNonNull(nonces, "nonces");
      this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * How far a request's time may lie from now, before and after; 60 s unless set.
     *
     * @throws QilinException INVALID_ARGUMENT unless it is 1 to 300 s
     */
    public Builder window(Duration length) {
      checkWindow(length);
      window = length;
      return this;
    }

    /**
     * Headers that must be signed, present or not; none unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if one is not a name of letters, digits and {@code -}, or belongs to the signature
     */
    public Builder mustSign(String... names) {
      mustSign = lower(List.of(names));
      return this;
    }

    /** The verifier. */
    public RequestVerifier build() {
      return new RequestVerifier(this);
    }
  }

  /** Names of headers in the form in which they are signed. */
  static List<String> lower(List<String> names) {
    for (String name : names) {
      if (!SignatureHeaders.mayBeSigned(name.toLowerCase(Locale.ROOT))) {
        throw QilinException.invalid(
            "the header " + QilinException.quote(name)
                + " cannot be signed; name one of letters, digits and -, not one of the signature itself");
      }
    }
    return SignatureHeaders.sorted(names.stream().map(name -> name.toLowerCase(Locale.ROOT)));
  }
}
