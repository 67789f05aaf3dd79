package io.qilin.security.mfa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Race;
import io.qilin.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Also the situations {@code totp-behaviour} of the corpus {@code rfc-vectors}, open half. */
class SecondFactorTest {
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000);
  private static final long STEP = START.getEpochSecond() / 30;

  private final SettableClock clock = SettableClock.at(START);
  private final MemoryMfaStore store = new MemoryMfaStore();
  private final SecondFactor factor =
      SecondFactor.of(store, clock, new SecureRandom(), OtpSettings.DEFAULT);
  private List<String> recovery = new ArrayList<>();

  @BeforeEach
  void enrol() {
    recovery = factor.enrol("alice", "Qilin Ltd").recoveryCodes().stream()
        .map(code -> code.reveal())
        .toList();
    assertThat(outcome(factor.confirm("alice", code(-1)))).isEqualTo("otp");
  }

  /** The code of so many steps after the first moment. */
  private String code(long steps) {
    MfaRecord mfa = store.find("alice").orElseThrow();
    byte[] secret = HexFormat.of().parseHex(mfa.secret().reveal());
    return OneTimeCode.of(secret, STEP + steps, 6, OtpAlgorithm.SHA1);
  }

  /** A code that is not right in the next minutes. */
  private String wrong(int salt) {
    List<String> right = new ArrayList<>();
    for (int step = -10; step < 100; step++) {
      right.add(code(step));
    }
    int guess = salt;
    while (right.contains(String.format(Locale.ROOT, "%06d", guess))) {
      guess += 1_000;
    }
    return String.format(Locale.ROOT, "%06d", guess);
  }

  private static String outcome(MfaVerdict verdict) {
    return verdict.fold(
        accepted -> accepted.method(), refused -> refused.reason().name());
  }

  private String verify(String code) {
    return outcome(factor.verify("alice", code));
  }

  @Test
  void whenTheCodeIsOfTheCurrentStep_thenItIsAcceptedOnce() {
    assertThat(verify(code(0))).isEqualTo("otp");
    assertThat(verify(code(0))).isEqualTo("USED");
    assertThat(verify(code(-1))).isEqualTo("USED");
    clock.advance(Duration.ofSeconds(30));
    assertThat(factor.verify("alice", code(1)).orThrow())
        .isEqualTo(new MfaVerdict.Accepted("otp", clock.instant()));
  }

  @ParameterizedTest
  @CsvSource({"1, otp", "0, otp", "2, WRONG", "-2, WRONG"})
  void whenTheCodeIsOfAnotherStep_thenOneStepEitherWayIsAccepted(long steps, String expected) {
    assertThat(verify(code(steps))).isEqualTo(expected);
  }

  @Test
  void whenTheCodeIsOfThePreviousStepAndNew_thenItIsAccepted() {
    clock.advance(Duration.ofSeconds(60));
    assertThat(verify(code(1))).isEqualTo("otp");
    assertThat(verify(code(2))).isEqualTo("otp");
    assertThat(verify(code(3))).isEqualTo("otp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "12345", "1234567", "abcdef", "12 456", "-12345", "１２３４５６", "123456 "})
  void whenItIsNoCode_thenItIsRefusedAndNotCounted(String code) {
    for (int i = 0; i < 7; i++) {
      assertThat(verify(code)).isEqualTo("MALFORMED");
    }
    assertThat(outcome(factor.verify("alice", null))).isEqualTo("MALFORMED");
    assertThat(verify(code(0))).isEqualTo("otp");
  }

  @Test
  void whenTheClockIsSetBack_thenOldCodesStayUsed() {
    clock.advance(Duration.ofMinutes(10));
    assertThat(verify(code(20))).isEqualTo("otp");
    for (int step = 19; step >= -1; step--) {
      clock.set(START.plusSeconds(30L * step));
      assertThat(verify(code(step))).isEqualTo("USED");
    }
  }

  @Test
  void whenFiveCodesAreWrong_thenNoneIsLookedAtForAWhileAndThenTwiceAsLong() {
    for (int i = 0; i < 5; i++) {
      assertThat(verify(wrong(i))).isEqualTo("WRONG");
    }
    long seconds = 30;
    for (int i = 0; i < 8; i++) {
      MfaVerdict blocked = factor.verify("alice", code(0));
      assertThat(blocked)
          .isEqualTo(new MfaVerdict.Refused(MfaRefusal.BLOCKED, Duration.ofSeconds(seconds)));
      clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(verify(wrong(9))).isEqualTo("BLOCKED");
      assertThat(outcome(factor.recover("alice", recovery.get(0)))).isEqualTo("BLOCKED");
      clock.advance(Duration.ofNanos(1));
      assertThat(verify(wrong(9))).isEqualTo("WRONG");
      seconds = Math.min(900, seconds * 2);
    }
    clock.advance(Duration.ofSeconds(900));
    long now = clock.instant().getEpochSecond() / 30 - STEP;
    assertThat(verify(code(now))).isEqualTo("otp");
    assertThat(store.find("alice").orElseThrow().failures()).isZero();
    assertThat(verify(wrong(3))).isEqualTo("WRONG");
    assertThat(verify(code(now + 1))).isEqualTo("otp");
  }

  @Test
  void whenTheClockIsSetBackDuringABlock_thenItLastsNoLongerThanItWasMeantTo() {
    clock.advance(Duration.ofHours(2));
    for (int i = 0; i < 5; i++) {
      verify(wrong(i));
    }
    clock.set(START);
    assertThat(factor.verify("alice", code(0)))
        .isEqualTo(new MfaVerdict.Refused(MfaRefusal.BLOCKED, Duration.ofSeconds(30)));
    clock.advance(Duration.ofSeconds(30));
    assertThat(verify(code(1))).isEqualTo("otp");
  }

  @Test
  void whenNobodyEnrolledOrConfirmed_thenItIsRefused() {
    factor.enrol("bob", "Qilin");

    assertThat(outcome(factor.verify("nobody", "123456"))).isEqualTo("NOT_ENROLLED");
    assertThat(outcome(factor.verify("bob", "123456"))).isEqualTo("NOT_ENROLLED");
    assertThat(outcome(factor.recover("bob", recovery.get(0)))).isEqualTo("NOT_ENROLLED");
    assertThat(outcome(factor.confirm("alice", code(0)))).isEqualTo("NOT_ENROLLED");
    assertThatThrownBy(() -> factor.verify("nobody", "123456").orThrow())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION))
        .hasMessage("QILIN-6000 the code is not accepted");
  }

  @Test
  void whenARecoveryCodeIsUsed_thenItIsUsedUpAndTheOthersAreNot() {
    assertThat(recovery).hasSize(10).allMatch(code -> code.matches("([A-Z2-7]{4}-){5}[A-Z2-7]{4}"));
    assertThat(new HashSet<>(recovery)).hasSize(10);
    String plain = recovery.get(3).replace("-", "").toLowerCase(Locale.ROOT);

    assertThat(outcome(factor.recover("alice", plain))).isEqualTo("recovery");
    assertThat(outcome(factor.recover("alice", recovery.get(3)))).isEqualTo("WRONG");
    assertThat(outcome(factor.recover("alice", recovery.get(4)))).isEqualTo("recovery");
    assertThat(outcome(factor.recover("alice", "x"))).isEqualTo("MALFORMED");
    assertThat(outcome(factor.recover("alice", null))).isEqualTo("MALFORMED");
    assertThat(store.find("alice").orElseThrow().recoveryHashes()).hasSize(8);
    assertThat(verify(code(0))).isEqualTo("otp");
  }

  @Test
  void whenAUserEnrols_thenTheUriIsWhatAppsRead() {
    SecondFactor strong = SecondFactor.of(
        store, clock, new SecureRandom(), new OtpSettings(OtpAlgorithm.SHA256, 8, 60));
    Enrolment shown = strong.enrol("bob@x y", "Qilin & Co");

    assertThat(shown.uri().reveal())
        .isEqualTo("otpauth://totp/Qilin%20%26%20Co:bob%40x%20y?secret="
            + shown.secret().reveal()
            + "&issuer=Qilin%20%26%20Co&algorithm=SHA256&digits=8&period=60");
    assertThat(shown.secret().reveal()).matches("[A-Z2-7]{52}");
    assertThat(shown.toString()).doesNotContain(shown.secret().reveal());
    assertThat(store.find("bob@x y").orElseThrow().toString())
        .isEqualTo("MfaRecord[confirmed=false, failures=0]");
  }

  @Test
  void whenAUserEnrolsAgain_thenOnlyAnUnconfirmedFactorIsReplaced() {
    Enrolment first = factor.enrol("bob", "Qilin");
    Enrolment second = factor.enrol("bob", "Qilin");

    assertThat(first.secret()).isNotEqualTo(second.secret());
    assertThatThrownBy(() -> factor.enrol("alice", "Qilin")).hasMessageContaining("QILIN-1001");
    assertThat(factor.remove("alice")).isTrue();
    assertThat(factor.remove("alice")).isFalse();
    assertThat(verify("123456")).isEqualTo("NOT_ENROLLED");
    assertThat(factor.enrol("alice", "Qilin").recoveryCodes()).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource({"'', Qilin", "a:b, Qilin", "bob, ''", "bob, a:b"})
  void whenALabelIsOutOfRange_thenNobodyIsEnrolled(String subject, String issuer) {
    assertThatThrownBy(() -> factor.enrol(subject, issuer)).hasMessageContaining("no colon");
    assertThatThrownBy(() -> factor.enrol("a".repeat(129), "x")).hasMessageContaining("1 to 128");
    assertThatThrownBy(() -> factor.enrol("a", "x".repeat(65))).hasMessageContaining("1 to 64");
  }

  @ParameterizedTest
  @CsvSource({"5, 30", "9, 30", "6, 14", "6, 61"})
  void whenSettingsAreOutOfRange_thenThereAreNone(int digits, int seconds) {
    assertThatThrownBy(() -> new OtpSettings(OtpAlgorithm.SHA1, digits, seconds))
        .hasMessageContaining("QILIN-1001");
    assertThat(new OtpSettings(OtpAlgorithm.SHA1, 8, 15))
        .isNotEqualTo(new OtpSettings(OtpAlgorithm.SHA1, 8, 60));
  }

  @Test
  void whenTheStoreOrTheClockFails_thenItIsRefused() {
    SecondFactor broken = SecondFactor.of(
        new Failing(store.find("alice").orElseThrow()),
        clock,
        new SecureRandom(),
        OtpSettings.DEFAULT);
    assertThat(outcome(broken.verify("alice", code(0)))).isEqualTo("UNAVAILABLE");
    assertThat(outcome(broken.verify("other", code(0)))).isEqualTo("NOT_ENROLLED");
    assertThat(outcome(broken.verify("broken", code(0)))).isEqualTo("UNAVAILABLE");
    assertThatThrownBy(() -> broken.remove("alice")).hasMessageContaining("QILIN-6013");
    clock.set(Instant.ofEpochSecond(29));
    assertThat(verify(code(0))).isEqualTo("UNAVAILABLE");
    clock.set(Instant.ofEpochSecond(30));
    assertThat(verify(wrong(1))).isEqualTo("WRONG");
  }

  /** Finds one record, and changes nothing. */
  private record Failing(MfaRecord found) implements MfaStore {
    @Override
    public Optional<MfaRecord> find(String subject) {
      if (subject.equals("broken")) {
        throw new ArithmeticException();
      }
      return Optional.of(found);
    }

    @Override
    public boolean insert(MfaRecord mfa) {
      return false;
    }

    @Override
    public boolean replace(MfaRecord expected, MfaRecord next) {
      return false;
    }

    @Override
    public boolean remove(MfaRecord expected) {
      return false;
    }
  }

  @Test
  void whenOneCodeComesFrom64ThreadsAtOnce_thenOneIsAcceptedAndNobodyIsBlocked() throws Exception {
    String code = code(0);
    List<String> outcomes = Race.run(64, () -> verify(code));

    assertThat(outcomes.stream().filter("otp"::equals)).hasSize(1);
    assertThat(outcomes.stream().filter("USED"::equals)).hasSize(63);
    clock.advance(Duration.ofSeconds(30));
    assertThat(verify(code(1))).isEqualTo("otp");
  }

  @Test
  void whenGuessesComeFrom64ThreadsAtOnce_thenFiveAreLookedAt() throws Exception {
    AtomicLong guess = new AtomicLong();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      codes.add(wrong(i));
    }
    List<String> outcomes = Race.run(64, () -> verify(codes.get((int) guess.getAndIncrement())));

    assertThat(outcomes.stream().filter("WRONG"::equals)).hasSize(5);
    assertThat(outcomes.stream().filter("BLOCKED"::equals)).hasSize(59);
  }

  @Test
  void whenManyThreadsUseTheSameCodes_thenEachStepIsAcceptedAtMostOnce() throws Exception {
    int steps = Race.rounds(500);
    List<String> codes = new ArrayList<>();
    for (int i = 0; i <= steps; i++) {
      codes.add(code(i));
    }
    AtomicLong accepted = new AtomicLong();
    Race.run(4, () -> {
      for (int i = 0; i < steps; i++) {
        clock.set(START.plusSeconds(30L * i));
        if (verify(codes.get(i)).equals("otp")) {
          accepted.incrementAndGet();
        }
      }
      return true;
    });

    assertThat(accepted.get()).isPositive().isLessThanOrEqualTo(steps);
  }

  @Test
  void whenARecoveryCodeComesFromManyThreads_thenOneIsAccepted() throws Exception {
    List<String> outcomes = Race.run(5, () -> outcome(factor.recover("alice", recovery.get(0))));

    assertThat(outcomes.stream().filter("recovery"::equals)).hasSize(1);
    assertThat(outcomes.stream().filter("WRONG"::equals)).hasSize(4);
  }
}
