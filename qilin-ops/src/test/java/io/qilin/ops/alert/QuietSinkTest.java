package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.RecordingAlertSink;
import io.qilin.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuietSinkTest {
  private static final int FLOOD = Integer.getInteger("qilin.alerts", 20_000);

  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final AtomicLong nanos = new AtomicLong();
  private final Silences silences = Silences.of(clock, nanos::get);
  private final RecordingAlertSink passed = new RecordingAlertSink();
  private final QuietSink quiet =
      QuietSink.builder(passed, nanos::get).silences(silences).keys(100).build();

  private Alert alert(String source, String message, Severity severity) {
    return new Alert(clock.instant(), ErrorCode.DATA_FETCH, source, message, severity, Map.of());
  }

  private Silence silence(SilenceMatcher matcher, Duration from, Duration until) {
    Instant now = clock.instant();
    return new Silence(matcher, now.plus(from), now.plus(until), "wang", "works on it");
  }

  private void pass(Duration time) {
    clock.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void whenTheSameComesAgain_thenItIsCountedAndToldWithTheNext() {
    for (int i = 0; i < 4; i++) {
      quiet.alert(alert("vendor", "away", Severity.ERROR));
    }
    quiet.alert(alert("vendor", "away", Severity.CRITICAL));
    assertThat(passed.alerts()).hasSize(2);
    pass(Duration.ofMinutes(5));
    quiet.alert(alert("vendor", "away", Severity.ERROR));
    assertThat(passed.alerts()).hasSize(3);
    assertThat(passed.alerts().get(2).figures()).containsEntry("repeated", BigDecimal.valueOf(3));
    assertThat(quiet.repeated()).isEqualTo(3);
  }

  @Test
  void whenVeryManyDifferentCome_thenTheMemoryIsBoundedAndAllPass() {
    AtomicLong count = new AtomicLong();
    QuietSink counted = QuietSink.builder(alert -> count.incrementAndGet(), nanos::get)
        .keys(100)
        .build();
    for (int i = 0; i < FLOOD; i++) {
      counted.alert(alert("vendor", "away " + i, Severity.ERROR));
    }
    assertThat(counted.repeated()).isZero();
    counted.alert(alert("vendor", "away 0", Severity.ERROR));
    counted.alert(alert("vendor", "away " + (FLOOD - 1), Severity.ERROR));
    assertThat(count.get()).as("the first is forgotten, the last is not").isEqualTo(FLOOD + 1);
  }

  @Test
  void whenATextIsVeryLong_thenItIsNeverTakenForTheSame() {
    quiet.alert(alert("vendor", "x".repeat(513), Severity.ERROR));
    quiet.alert(alert("vendor", "x".repeat(513), Severity.ERROR));
    assertThat(passed.alerts()).hasSize(2);
  }

  @Test
  void whenASilenceIsSet_thenItHoldsFromItsBeginningToItsEndAndVanishes() {
    silences.add(
        silence(SilenceMatcher.source("rule:*"), Duration.ofMinutes(1), Duration.ofMinutes(3)));
    quiet.alert(alert("rule:a", "before", Severity.ERROR));
    pass(Duration.ofMinutes(1));
    quiet.alert(alert("rule:a", "within", Severity.ERROR));
    quiet.alert(alert("rule:a", "critical", Severity.CRITICAL));
    quiet.alert(alert("vendor", "other", Severity.ERROR));
    assertThat(silences.all()).hasSize(1);
    pass(Duration.ofMinutes(2));
    quiet.alert(alert("rule:a", "after", Severity.ERROR));
    assertThat(passed.alerts())
        .extracting(Alert::message)
        .containsExactly("before", "critical", "other", "after");
    assertThat(quiet.silenced()).isEqualTo(1);
    assertThat(silences.all()).isEmpty();
  }

  @Test
  void whenASilenceNamesCriticalOnes_thenTheyAreSilent() {
    Silence all = silence(
        SilenceMatcher.code(ErrorCode.DATA_FETCH).upTo(Severity.CRITICAL),
        Duration.ZERO,
        Duration.ofMinutes(1));
    silences.add(all);
    quiet.alert(alert("vendor", "away", Severity.CRITICAL));
    assertThat(passed.alerts()).isEmpty();
    assertThat(silences.remove(all)).isTrue();
    assertThat(silences.remove(all)).isFalse();
    quiet.alert(alert("vendor", "away", Severity.CRITICAL));
    assertThat(passed.alerts()).hasSize(1);
  }

  @Test
  void whenASilenceCannotBe_thenItIsRefused() {
    SilenceMatcher some = SilenceMatcher.source("vendor");
    assertThatThrownBy(() -> SilenceMatcher.source("*")).isInstanceOf(QilinException.class);
    assertThatThrownBy(
            () -> new SilenceMatcher(Optional.empty(), Optional.empty(), Severity.WARNING))
        .hasMessageContaining("not all alerts");
    assertThatThrownBy(() -> silence(some, Duration.ofMinutes(1), Duration.ofMinutes(1)))
        .hasMessageContaining("longer than nothing");
    assertThatThrownBy(() -> silence(some, Duration.ZERO, Duration.ofDays(8)))
        .hasMessageContaining("7 days");
    assertThatThrownBy(
            () -> new Silence(some, Instant.EPOCH, Instant.EPOCH.plusSeconds(1), " ", "why"))
        .hasMessageContaining("by of a silence");
    Silence over = silence(some, Duration.ofMinutes(-2), Duration.ofMinutes(-1));
    assertThatThrownBy(() -> silences.add(over)).hasMessageContaining("future");
    for (int i = 0; i < Silences.MOST; i++) {
      silences.add(silence(some, Duration.ZERO, Duration.ofSeconds(i + 1)));
    }
    assertThatThrownBy(() -> silences.add(silence(some, Duration.ZERO, Duration.ofSeconds(1))))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    pass(Duration.ofSeconds(Silences.MOST));
    assertThat(silences.all()).isEmpty();
  }
}
