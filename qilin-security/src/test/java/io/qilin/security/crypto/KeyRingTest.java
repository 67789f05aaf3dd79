package io.qilin.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Refused;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class KeyRingTest {
  private static final Instant T0 = Instant.parse("2026-01-05T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final FieldAddress AT = new FieldAddress("t1", "account", "1", "phone");

  static byte[] key() {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    return key;
  }

  private static KeyRing ring() {
    return KeyRing.builder("k1", key(), T0).build();
  }

  private static void use(KeyRing ring) {
    FieldCipher.of(ring, RANDOM).encrypt(new byte[1], AT);
  }

  @Test
  void whenKeysComeAndGo_thenTheRingSaysSo() {
    KeyRing ring = KeyRing.builder("k1", key(), T0)
        .verifyOnly("k0", key(), T0.minusSeconds(9))
        .build();
    use(ring);
    ring.rotate("k2", key(), T0.plusSeconds(9));
    ring.revoke("k0");
    ring.destroy("k1");

    assertThat(ring.entries())
        .containsExactly(
            new KeyRing.Entry("k1", KeyState.REVOKED, T0, 1, true),
            new KeyRing.Entry("k0", KeyState.REVOKED, T0.minusSeconds(9), 0, false),
            new KeyRing.Entry("k2", KeyState.ACTIVE, T0.plusSeconds(9), 0, false));
    assertThat(ring.activeId()).isEqualTo("k2");
    assertThat(ring.version()).isEqualTo(3);
  }

  @Test
  void whenTheActiveKeyIsRetired_thenNothingIsEncryptedUntilRotation() {
    KeyRing ring = ring();
    byte[] sealed = FieldCipher.of(ring, RANDOM).encrypt(new byte[] {7}, AT);
    ring.retire("k1");

    Refused.with(ErrorCode.KEY_UNAVAILABLE, "no active key", () -> use(ring));
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "no active key", ring::activeId);
    assertThat(FieldCipher.of(ring, RANDOM).decrypt(sealed, AT)).containsExactly(7);
    ring.rotate("k2", key(), T0);
    use(ring);
    assertThat(ring.entries().get(0).state()).isEqualTo(KeyState.VERIFY_ONLY);
  }

  @Test
  void whenAKeyWentDown_thenItDoesNotComeUp() {
    KeyRing ring = ring();
    ring.revoke("k1");

    Refused.with(ErrorCode.KEY_UNAVAILABLE, "is revoked", () -> ring.retire("k1"));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "used before", () -> ring.rotate("k1", key(), T0));
    assertThat(ring.entries().get(0).state()).isEqualTo(KeyState.REVOKED);
  }

  @Test
  void whenAKeyIsUnknown_thenThatIsSaid() {
    KeyRing ring = ring();

    Refused.with(ErrorCode.KEY_UNAVAILABLE, "'k9' is not in this ring", () -> ring.retire("k9"));
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "'k9' is not in this ring", () -> ring.revoke("k9"));
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "'k9' is not in this ring", () -> ring.destroy("k9"));
    assertThat(ring.version()).isZero();
  }

  @Test
  void whenAKeyHasEncryptedHalfAsOftenAsIsSafe_thenAnAlertIsGivenOnceAndAtTheEndItIsRefused() {
    List<Alert> alerts = new ArrayList<>();
    KeyRing ring = KeyRing.builder("k1", key(), T0)
        .mostUses(6)
        .usesBefore(1)
        .alerts(alerts::add, Clock.fixed(T0, ZoneOffset.UTC))
        .build();
    use(ring);
    assertThat(alerts).isEmpty();
    use(ring);
    assertThat(alerts).singleElement().satisfies(alert -> {
      assertThat(alert.at()).isEqualTo(T0);
      assertThat(alert.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
      assertThat(alert.message()).contains("'k1' has encrypted 3 times");
    });
    use(ring);
    use(ring);
    use(ring);

    Refused.with(ErrorCode.KEY_UNAVAILABLE, "as often as is safe", () -> use(ring));
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "as often as is safe", () -> use(ring));
    assertThat(ring.entries().get(0).uses()).isEqualTo(6);
    assertThat(alerts).hasSize(1);
    ring.rotate("k2", key(), T0);
    use(ring);
  }

  @Test
  void whenTheLimitOfUsesIsThatOfTheStandard_thenTwoToThe32AreAllowedAndNotOneMore() {
    KeyRing ring = KeyRing.builder("k1", key(), T0).usesBefore((1L << 32) - 1).build();
    use(ring);

    Refused.with(ErrorCode.KEY_UNAVAILABLE, "as often as is safe", () -> use(ring));
  }

  @Test
  void whenTheAlertIsNotTaken_thenEncryptionGoesOn() {
    KeyRing ring = KeyRing.builder("k1", key(), T0)
        .mostUses(2)
        .alerts(
            alert -> {
              throw new UnsupportedOperationException("full");
            },
            Clock.fixed(T0, ZoneOffset.UTC))
        .build();

    use(ring);
    use(ring);
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "as often", () -> use(ring));
  }

  @Test
  void whenBoundsAreLeft_thenTheyAreNamed() {
    KeyRing.Builder builder = KeyRing.builder("k1", key(), T0);

    Refused.with(ErrorCode.INVALID_ARGUMENT, "2 to 2^32", () -> builder.mostUses(1));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "2 to 2^32", () -> builder.mostUses((1L << 32) + 1));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "0 to 2^32", () -> builder.usesBefore(-1));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "0 to 2^32", () -> builder.usesBefore((1L << 32) + 1));
    assertThat(builder
            .mostUses(1L << 32)
            .usesBefore(1L << 32)
            .build()
            .entries()
            .get(0)
            .uses())
        .isEqualTo(1L << 32);
    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "used before", () -> builder.verifyOnly("k1", key(), T0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-a",
        "a b",
        "ä",
        "a\n",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void whenAnIdIsNotPlain_thenItIsRefused(String id) {
    Refused.with(ErrorCode.INVALID_ARGUMENT, "key id", () -> KeyRing.builder(id, key(), T0));
  }

  @Test
  void whenAKeyIsNotOf256Bits_thenItIsRefused() {
    byte[] longer = Arrays.copyOf(key(), 33);
    longer[32] = (byte) 0xa7;

    Refused.with(ErrorCode.WEAK_KEY, "'k1'", () -> KeyRing.builder("k1", new byte[32], T0));
    Refused.with(
        ErrorCode.WEAK_KEY, "248 bits", () -> KeyRing.builder("k1", Arrays.copyOf(key(), 31), T0));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "264 bits", () -> KeyRing.builder("k1", longer, T0));
  }

  @Test
  void whenTheCallerOverwritesItsKey_thenTheRingHasItsOwn() {
    byte[] mine = key();
    byte[] copy = mine.clone();
    KeyRing ring = KeyRing.builder("k1", mine, T0).build();
    Arrays.fill(mine, (byte) 0);
    byte[] sealed = FieldCipher.of(ring, RANDOM).encrypt(new byte[] {1, 2}, AT);

    KeyRing again = KeyRing.builder("k1", copy, T0).build();
    assertThat(FieldCipher.of(again, RANDOM).decrypt(sealed, AT)).containsExactly(1, 2);
  }

  @Test
  void whenARingIsFull_thenNoKeyIsAdded() {
    KeyRing ring = ring();
    for (int i = 2; i <= 256; i++) {
      ring.rotate("k" + i, key(), T0);
    }

    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "at most 256 keys", () -> ring.rotate("more", key(), T0));
    assertThat(ring.activeId()).isEqualTo("k256");
  }

  @Test
  void whenAKeyIsUsed_thenItsCopyIsOverwrittenAfterwards() {
    KeyRing ring = ring();
    byte[] seen;
    try (KeyUse use = ring.encrypting()) {
      seen = use.key();
      assertThat(seen).isNotEqualTo(new byte[32]);
    }
    assertThat(seen).isEqualTo(new byte[32]);
  }

  @Test
  void whenAKeyIsDestroyed_thenItsBytesAreOverwritten() {
    SymmetricKey key = new SymmetricKey("k1", key(), T0);
    assertThat(key.destroyed()).isFalse();
    key.destroy();
    key.destroy();

    assertThat(key.destroyed()).isTrue();
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "'k1' was destroyed", key::copy);
  }

  /** Counts outcomes of threads that start together. */
  private static Map<String, Integer> race(int threads, int each, Runnable one, Runnable beside)
      throws Exception {
    Map<String, Integer> outcomes = new ConcurrentHashMap<>();
    CyclicBarrier start = new CyclicBarrier(threads + 1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        work.add(pool.submit(() -> {
          start.await();
          for (int i = 0; i < each; i++) {
            try {
              one.run();
              outcomes.merge("done", 1, Integer::sum);
            } catch (QilinException e) {
              outcomes.merge(e.code().name(), 1, Integer::sum);
            }
          }
          return null;
        }));
      }
      start.await();
      beside.run();
      for (Future<?> done : work) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return outcomes;
  }

  @Test
  void whenManyThreadsUseUpAKey_thenExactlyItsUsesSucceedAndOneAlertIsGiven() throws Exception {
    AtomicInteger alerts = new AtomicInteger();
    KeyRing ring = KeyRing.builder("k1", key(), T0)
        .mostUses(500)
        .alerts(alert -> alerts.incrementAndGet(), Clock.fixed(T0, ZoneOffset.UTC))
        .build();

    assertThat(race(8, 100, () -> use(ring), () -> {}))
        .containsOnly(Map.entry("done", 500), Map.entry("KEY_UNAVAILABLE", 300));
    assertThat(alerts).hasValue(1);
  }

  @Test
  void whenAKeyIsDestroyedWhileItIsUsed_thenNothingIsEncryptedWithZeros() throws Exception {
    byte[] bytes = key();
    KeyRing ring = KeyRing.builder("k1", bytes, T0).build();
    KeyRing same = KeyRing.builder("k1", bytes, T0).build();
    FieldCipher cipher = FieldCipher.of(ring, RANDOM);
    FieldCipher witness = FieldCipher.of(same, RANDOM);

    Map<String, Integer> outcomes = race(
        8,
        50,
        () ->
            assertThat(witness.decrypt(cipher.encrypt(new byte[] {5}, AT), AT)).containsExactly(5),
        () -> ring.destroy("k1"));
    assertThat(outcomes.keySet()).isSubsetOf("done", "KEY_UNAVAILABLE");
    assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(400);
  }

  @Test
  void whenManyThreadsRotateToOneId_thenExactlyOneDoes() throws Exception {
    KeyRing ring = ring();

    assertThat(race(8, 1, () -> ring.rotate("k2", key(), T0), () -> {}))
        .containsOnly(Map.entry("done", 1), Map.entry("INVALID_ARGUMENT", 7));
    assertThat(ring.entries()).hasSize(2);
  }
}
