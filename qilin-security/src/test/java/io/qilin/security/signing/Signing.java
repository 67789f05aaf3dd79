package io.qilin.security.signing;

import io.qilin.security.crypto.KeyState;
import io.qilin.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A signer and a verifier that share a clock, as tests need them. */
final class Signing {
  static final Instant START = Instant.ofEpochSecond(1_736_900_000);
  static final Instant FAR = START.plus(Duration.ofDays(365));

  final SettableClock clock = SettableClock.at(START);
  final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 11);
  final RequestKey key = key("client-1", 1);
  final NonceCache nonces =
      NonceCache.of(1_000, RequestVerifier.LONGEST_WINDOW, ticker::get, Instant.MIN);
  final RequestVerifier verifier = RequestVerifier.builder(
          keys(key, key("client-2", 2)), nonces, clock)
      .window(RequestVerifier.LONGEST_WINDOW)
      .build();
  final RequestSigner signer = RequestSigner.of(key, List.of(), clock, new SecureRandom());

  static RequestKey key(String id, int seed) {
    return key(id, seed, KeyState.ACTIVE, FAR);
  }

  static RequestKey key(String id, int seed, KeyState state, Instant expiresAt) {
    byte[] secret = new byte[32];
    new Random(seed).nextBytes(secret);
    return RequestKey.of(id, secret, state, expiresAt);
  }

  static RequestKeys keys(RequestKey one, RequestKey other) {
    Map<String, RequestKey> keys = Map.of(one.id(), one, other.id(), other);
    return id -> Optional.ofNullable(keys.get(id));
  }

  static SignableRequest request(String method, String target, String body) {
    return SignableRequest.of(
        method, target, List.of(), BodyHash.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  SignableRequest signed() {
    SignableRequest plain = request("POST", "/api/order?dry=1", "{\"qty\":1}");
    return plain.withHeaders(signer.sign(plain));
  }

  /** The reason, or {@code ACCEPTED}. */
  static String outcome(SignatureVerdict verdict) {
    return verdict.fold(keyId -> "ACCEPTED", refused -> refused.reason().name());
  }

  String verify(SignableRequest request) {
    return outcome(verifier.verify(request));
  }

  /** The request with another value of a header, or without it if that is empty. */
  static SignableRequest with(SignableRequest request, String name, Optional<String> value) {
    List<HeaderField> headers = new ArrayList<>(request.headers());
    headers.removeIf(field -> field.name().equals(name));
    value.ifPresent(text -> headers.add(new HeaderField(name, text)));
    return new SignableRequest(
        request.method(), request.path(), request.query(), headers, request.body());
  }

  void pass(Duration time) {
    clock.advance(time);
    ticker.addAndGet(time.toNanos());
  }
}
