package io.qilin.security.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PasswordHasherTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Argon2Settings LIGHT = new Argon2Settings(7_168, 5);
  private static final char[] PASSWORD = "correct horse".toCharArray();
  private static final byte[] PEPPER =
      "p3Kd8Sq7bZx4Vb2mW9eR5tYu1oLh6GfA".getBytes(StandardCharsets.US_ASCII);

  private static PasswordHasher.Builder light() {
    return PasswordHasher.builder(RANDOM, 2).settings(LIGHT);
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageNotContaining("correct horse")
        .hasNoCause();
  }

  @Test
  void whenNothingIsSet_thenTheRecordHasOwaspsParameters() {
    PasswordHasher hasher = PasswordHasher.builder(RANDOM, 1).build();
    String record = hasher.hash(PASSWORD);

    assertThat(record)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(hasher.verify(PASSWORD, record)).hasToString("Match[upgrade=Optional.empty]");
    assertThat(PASSWORD).isEqualTo("correct horse".toCharArray());
  }

  @Test
  void whenAPasswordIsVerified_thenOnlyTheRightOneMatches() {
    PasswordHasher hasher = light().build();
    String record = hasher.hash(PASSWORD);

    assertThat(hasher.verify(PASSWORD, record).matches()).isTrue();
    assertThat(hasher.verify("correct horsf".toCharArray(), record).matches()).isFalse();
    assertThat(hasher.verify("c".toCharArray(), record).matches()).isFalse();
    assertThat(hasher.verifyUnknown(PASSWORD).matches()).isFalse();
    assertThat(hasher.hash(PASSWORD)).isNotEqualTo(record);
    assertThat(hasher.toString() + hasher.verify(PASSWORD, record))
        .doesNotContain("correct horse", record);
  }

  /** A vector of the reference implementation (phc-winner-argon2, src/test.c): version 19, m 65536, t 2, p 1. */
  @Test
  void whenTheRecordIsOfTheReferenceImplementation_thenItIsVerified() {
    String record =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    PasswordHasher knowing = light().alsoVerify(new Argon2Settings(65_536, 2)).build();

    assertThat(knowing.verify("password".toCharArray(), record).matches()).isTrue();
    refused(ErrorCode.UNSUPPORTED, () -> light().build().verify("password".toCharArray(), record));
  }

  @Test
  void whenTheRecordIsOfPbkdf2_thenItIsVerifiedAndUpgraded() {
    PasswordHasher hasher = light().build();
    String known =
        PasswordRecords.pbkdf2("PBKDF2WithHmacSHA256", "pbkdf2-sha256", "Password", 2_000);

    assertThat(hasher.verify("password".toCharArray(), known).matches()).isFalse();
    PasswordVerdict verdict = hasher.verify("Password".toCharArray(), known);
    assertThat(verdict).isInstanceOfSatisfying(PasswordVerdict.Match.class, match -> {
      String upgraded = match.upgrade().orElseThrow();
      assertThat(upgraded).startsWith("$argon2id$");
      assertThat(hasher.verify("Password".toCharArray(), upgraded))
          .isEqualTo(new PasswordVerdict.Match(Optional.empty()));
    });
    String sha512 =
        PasswordRecords.pbkdf2("PBKDF2WithHmacSHA512", "pbkdf2-sha512", "Pässword", 1_000);
    assertThat(hasher.verify("Pa\u0308ssword".toCharArray(), sha512).matches()).isTrue();
    assertThat(hasher.verify("Password".toCharArray(), sha512).matches()).isFalse();
  }

  @Test
  void whenTheSettingsBecameStronger_thenTheRecordIsUpgradedAndNeverTheOtherWay() {
    String weak = light().build().hash(PASSWORD);
    PasswordHasher strong = light().settings(new Argon2Settings(7_680, 5)).build();

    assertThat(strong.verify(PASSWORD, weak))
        .isInstanceOfSatisfying(PasswordVerdict.Match.class, match -> {
          String upgrade = match.upgrade().orElseThrow();
          assertThat(upgrade).contains("m=7680,t=5");
          PasswordHasher back = light().alsoVerify(new Argon2Settings(7_680, 5)).build();
          assertThat(back.verify(PASSWORD, upgrade))
              .isEqualTo(new PasswordVerdict.Match(Optional.empty()));
        });
  }

  @Test
  void whenThePepperChanges_thenOldRecordsAreVerifiedAndUpgraded() {
    byte[] second = PEPPER.clone();
    second[0] ^= 1;
    PasswordHasher first = light().pepper("p1", PEPPER).build();
    PasswordHasher both = light().pepper("p1", PEPPER).pepper("p2", second).build();
    String record = first.hash(PASSWORD);

    assertThat(record).contains(",keyid=p1$");
    assertThat(first.verify(PASSWORD, record))
        .isEqualTo(new PasswordVerdict.Match(Optional.empty()));
    assertThat(both.verify(PASSWORD, record))
        .isInstanceOfSatisfying(
            PasswordVerdict.Match.class,
            match -> assertThat(match.upgrade().orElseThrow()).contains(",keyid=p2$"));
    assertThat(light().pepper("p1", second).build().verify(PASSWORD, record).matches())
        .isFalse();
    refused(ErrorCode.KEY_UNAVAILABLE, () -> light().build().verify(PASSWORD, record));
    assertThat(both.verifyUnknown(PASSWORD).matches()).isFalse();
    String plain = light().build().hash(PASSWORD);
    assertThat(first.verify(PASSWORD, plain))
        .isInstanceOfSatisfying(
            PasswordVerdict.Match.class, match -> assertThat(match.upgrade()).isPresent());
  }

  @Test
  void whenAPasswordIsOutOfRange_thenItIsRefused() {
    PasswordHasher hasher = light().build();
    String record = hasher.hash("x".repeat(1_024).toCharArray());

    assertThat(hasher.verify("x".repeat(1_024).toCharArray(), record).matches()).isTrue();
    for (String wrong : List.of("", "x".repeat(1_025), "é".repeat(513), "correct\ud800horse")) {
      refused(ErrorCode.INPUT_REJECTED, () -> hasher.hash(wrong.toCharArray()));
      refused(ErrorCode.INPUT_REJECTED, () -> hasher.verify(wrong.toCharArray(), record));
      refused(ErrorCode.INPUT_REJECTED, () -> hasher.verifyUnknown(wrong.toCharArray()));
    }
    refused(ErrorCode.INPUT_REJECTED, () -> hasher.hash("seven77".toCharArray()));
    assertThat(hasher.hash("eight888".toCharArray())).startsWith("$argon2id$");
  }

  @Test
  void whenAPasswordIsBreached_thenItIsRefusedAndTheListDoesNotLearnIt() {
    List<String> asked = new ArrayList<>();
    // SHA-1 of "password" is 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8.
    PasswordHasher hasher = light()
        .breached(prefix -> {
          asked.add(prefix);
          return Set.of("1E4C9B93F3F0682250B6CF8331B7EE68FD8");
        })
        .build();

    refused(ErrorCode.INPUT_REJECTED, () -> hasher.hash("password".toCharArray()));
    assertThat(asked).containsExactly("5BAA6");
    assertThat(hasher.hash(PASSWORD)).startsWith("$argon2id$");
    refused(
        ErrorCode.SECURITY_UNAVAILABLE,
        () -> light().breached(prefix -> null).build().hash(PASSWORD));
    refused(
        ErrorCode.SECURITY_UNAVAILABLE,
        () -> light()
            .breached(prefix -> {
              throw new UnsupportedOperationException("correct horse");
            })
            .build()
            .hash(PASSWORD));
  }

  @Test
  void whenMoreAskThanMayAtOnce_thenTheOthersAreRefusedAndNothingIsLost() throws Exception {
    PasswordHasher hasher = PasswordHasher.builder(RANDOM, 1)
        .settings(LIGHT)
        .patience(Duration.ZERO)
        .build();
    int threads = 6;
    CyclicBarrier start = new CyclicBarrier(threads);
    AtomicInteger hashed = new AtomicInteger();
    AtomicInteger turnedAway = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(() -> {
          start.await();
          try {
            hasher.hash(PASSWORD);
            hashed.incrementAndGet();
          } catch (QilinException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
            turnedAway.incrementAndGet();
          }
          return null;
        }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(hashed.get() + turnedAway.get()).isEqualTo(threads);
    assertThat(hashed.get()).isPositive();
    assertThat(hasher.hash(PASSWORD)).startsWith("$argon2id$");
  }

  @Test
  void whenTheThreadIsInterrupted_thenTheCallIsCancelledAndTheMarkStays() {
    PasswordHasher hasher = light().build();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> hasher.hash(PASSWORD))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=16$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=19456,t=2,p=2$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=019456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAB$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$",
        "$pbkdf2-sha512$i=999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$pbkdf2-sha512$i=10000001$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$pbkdf2-sha1$i=10000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      })
  void whenARecordIsDamaged_thenItIsRefused(String record) {
    refused(ErrorCode.DATA_FORMAT, () -> light().build().verify(PASSWORD, record));
  }

  @Test
  void whenARecordAsksForTheMostRounds_thenItIsStillRead() {
    String most = "$pbkdf2-sha512$i=10000000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA";

    assertThat(PasswordRecord.parse(most).cost).isEqualTo(10_000_000);
    assertThat(PasswordRecord.parse(most).text()).isEqualTo(most);
  }

  @Test
  void whenAnythingIsPrinted_thenItSaysWhatItIsWithoutTheSecret() {
    String record = "$pbkdf2-sha512$i=1000$AAAAAAAAAAAAAAAAAAAAAA$BBBBBBBBBBBBBBBBBBBBBA";

    assertThat(PasswordRecord.parse(record)).hasToString("PasswordRecord[pbkdf2-sha512]");
    assertThat(new PasswordVerdict.Match(Optional.of(record)))
        .hasToString("Match[upgrade=Optional[***]]");
    assertThat(light().pepper("p1", PEPPER).build()).hasToString("PasswordHasher[" + LIGHT + "]");
  }

  @Test
  void whenSettingsAreWrong_thenTheyAreRefused() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> PasswordHasher.builder(RANDOM, 0));
    refused(ErrorCode.INVALID_ARGUMENT, () -> light().patience(Duration.ofMillis(-1)));
    refused(
        ErrorCode.INVALID_ARGUMENT, () -> light().patience(Duration.ofMinutes(1).plusNanos(1)));
    refused(ErrorCode.INVALID_ARGUMENT, () -> light().pepper("a$", PEPPER));
    refused(ErrorCode.INVALID_ARGUMENT, () -> light().pepper("a", PEPPER).pepper("a", PEPPER));
    refused(ErrorCode.WEAK_KEY, () -> light().pepper("a", new byte[32]));
    refused(ErrorCode.WEAK_KEY, () -> light().pepper("a", Arrays.copyOf(PEPPER, 31)));
    light().patience(Duration.ofMinutes(1)).build();
    int[][] weak = {
      {19_455, 2},
      {19_456, 1},
      {47_103, 1},
      {12_287, 3},
      {9_215, 4},
      {7_167, 5},
      {7_167, 16},
      {1_048_577, 2},
      {19_456, 17}
    };
    for (int[] one : weak) {
      refused(ErrorCode.INVALID_ARGUMENT, () -> new Argon2Settings(one[0], one[1]));
    }
    int[][] strong = {{19_456, 2}, {47_104, 1}, {12_288, 3}, {9_216, 4}, {7_168, 5}, {1_048_576, 16}
    };
    for (int[] one : strong) {
      assertThat(new Argon2Settings(one[0], one[1]).memoryKib()).isEqualTo(one[0]);
    }
    assertThat(Argon2Settings.DEFAULT).isEqualTo(new Argon2Settings(19_456, 2));
  }
}
