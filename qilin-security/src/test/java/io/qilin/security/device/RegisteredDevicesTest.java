package io.qilin.security.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.security.access.Identity;
import io.qilin.security.crypto.HashAlgorithm;
import io.qilin.security.crypto.Hmac;
import io.qilin.security.pipeline.SecuredCall;
import io.qilin.security.signing.NonceCache;
import io.qilin.security.signing.NonceStore;
import io.qilin.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RegisteredDevicesTest {
  private static final Hmac PHONE = key(7);
  private static final Identity ANNA = Identity.of("anna");

  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-27T01:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();
  private final NonceStore nonces =
      NonceCache.of(1_000, Duration.ofSeconds(60), nanos::get, Instant.MIN);
  private final DeviceKeys keys = (subject, device) -> Optional.ofNullable(
      Map.of("anna/phone", PHONE, "ben/tablet", key(9)).get(subject + "/" + device));
  private final RegisteredDevices devices = verifier(bytes(1));

  private static byte[] bytes(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static Hmac key(int value) {
    return Hmac.of(HashAlgorithm.SHA_256, bytes(value));
  }

  private RegisteredDevices verifier(byte[] secret) {
    return RegisteredDevices.of(keys, secret, nonces, clock, new SecureRandom());
  }

  private static SecuredCall<String> call(String device, String proof) {
    return SecuredCall.builder(Secret.of("x"), "trade", "orders/1", "", "10.0.0.1")
        .deviceId(device)
        .attribute(DeviceProof.ATTRIBUTE, proof)
        .build();
  }

  private static String answer(Hmac key, String challenge) {
    return DeviceProof.answer(key, "anna", "phone", "trade", "orders/1", challenge);
  }

  @Test
  void whenTheDeviceAnswersAChallenge_thenItIsTrustedOnce() {
    String proof = answer(PHONE, devices.challenge());

    assertThat(devices.trust(ANNA, call("phone", proof))).isEqualTo(1);
    assertThat(devices.trust(ANNA, call("phone", proof))).isZero();
  }

  @Test
  void whenTheKeyIsAnother_thenTheDeviceIsNotTrusted() {
    assertThat(devices.trust(ANNA, call("phone", answer(key(8), devices.challenge()))))
        .isZero();
  }

  @Test
  void whenTheProofIsForSomethingElse_thenTheDeviceIsNotTrusted() {
    String challenge = devices.challenge();
    for (String proof : new String[] {
      DeviceProof.answer(PHONE, "ben", "phone", "trade", "orders/1", challenge),
      DeviceProof.answer(PHONE, "anna", "tablet", "trade", "orders/1", challenge),
      DeviceProof.answer(PHONE, "anna", "phone", "read", "orders/1", challenge),
      DeviceProof.answer(PHONE, "anna", "phone", "trade", "orders/2", challenge),
      DeviceProof.answer(PHONE, "anna", "phone", "tradeo", "rders/1", challenge)
    }) {
      assertThat(devices.trust(ANNA, call("phone", proof))).isZero();
    }
    assertThat(devices.trust(ANNA, call("phone", answer(PHONE, challenge)))).isEqualTo(1);
  }

  @Test
  void whenTheDeviceIsAnothersOrUnknown_thenItIsNotTrusted() {
    String challenge = devices.challenge();

    assertThat(devices.trust(Identity.of("ben"), call("phone", answer(PHONE, challenge))))
        .isZero();
    assertThat(devices.trust(ANNA, call("tablet", answer(key(9), challenge)))).isZero();
    // Signed with what stands in for the key of an unknown device.
    Hmac own = key(1);
    String forged = DeviceProof.answer(own, "anna", "watch", "trade", "orders/1", challenge);
    assertThat(devices.trust(ANNA, call("watch", forged))).isZero();
  }

  @Test
  void whenAMinuteHasPassed_thenAChallengeIsNoLongerAnswered() {
    String first = answer(PHONE, devices.challenge());
    String second = answer(PHONE, devices.challenge());
    clock.advance(RegisteredDevices.WINDOW);
    assertThat(devices.trust(ANNA, call("phone", first))).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(devices.trust(ANNA, call("phone", second))).isZero();
  }

  @Test
  void whenTheClockGoesBack_thenAChallengeFromThenIsNotAnswered() {
    String proof = answer(PHONE, devices.challenge());
    clock.advance(Duration.ofSeconds(-61));
    assertThat(devices.trust(ANNA, call("phone", proof))).isZero();
  }

  @Test
  void whenAChallengeIsOfAnotherVerifier_thenItIsNotAnswered() {
    String challenge = verifier(bytes(2)).challenge();
    assertThat(devices.trust(ANNA, call("phone", answer(PHONE, challenge)))).isZero();
  }

  @Test
  void whenAnyDigitIsChanged_thenTheDeviceIsNotTrusted() {
    String proof = answer(PHONE, devices.challenge());
    for (int i = 0; i < proof.length(); i++) {
      char other = proof.charAt(i) == '0' ? '1' : '0';
      String changed = proof.substring(0, i) + other + proof.substring(i + 1);
      assertThat(devices.trust(ANNA, call("phone", changed))).as("digit %s", i).isZero();
    }
    assertThat(devices.trust(ANNA, call("phone", proof))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ".", "0123456789abcdef"})
  void whenTheProofIsNone_thenTheDeviceIsNotTrusted(String proof) {
    assertThat(devices.trust(ANNA, call("phone", proof))).isZero();
    assertThat(devices.trust(ANNA, call("phone", proof.repeat(177).substring(0, 177))))
        .isZero();
    assertThat(devices.trust(
            ANNA, call("phone", answer(PHONE, devices.challenge()).toUpperCase(Locale.ROOT))))
        .isZero();
  }

  @Test
  void whenNoDeviceOrNoProofIsNamed_thenItIsNotTrusted() {
    String proof = answer(PHONE, devices.challenge());
    var nameless = SecuredCall.builder(Secret.of("x"), "trade", "orders/1", "", "10.0.0.1")
        .attribute(DeviceProof.ATTRIBUTE, proof)
        .build();
    var unproven = SecuredCall.builder(Secret.of("x"), "trade", "orders/1", "", "10.0.0.1")
        .deviceId("phone")
        .build();
    assertThat(devices.trust(ANNA, nameless)).isZero();
    assertThat(devices.trust(ANNA, unproven)).isZero();
  }

  @Test
  void whenManyShowOneProofAtOnce_thenOneIsTrusted() throws Exception {
    String proof = answer(PHONE, devices.challenge());
    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Callable<Double> show = () -> {
        together.await();
        return devices.trust(ANNA, call("phone", proof));
      };
      double trusted = 0;
      for (Future<Double> one : pool.invokeAll(Collections.nCopies(threads, show))) {
        trusted += one.get();
      }
      assertThat(trusted).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whenTheStoreIsFull_thenTheDeviceIsNotTrusted() {
    RegisteredDevices full = RegisteredDevices.of(
        keys, bytes(1), (key, nonce, at) -> NonceStore.Answer.FULL, clock, new SecureRandom());
    assertThat(full.trust(ANNA, call("phone", answer(PHONE, full.challenge())))).isZero();
  }

  @Test
  void whenTheSecretIsShort_thenItIsRefused() {
    assertThatThrownBy(() -> verifier(new byte[31]))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WEAK_KEY));
  }
}
