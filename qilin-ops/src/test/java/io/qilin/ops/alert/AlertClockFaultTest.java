package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.ops.alert.AlertRule.Direction;
import io.qilin.testkit.RecordingAlertSink;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.fault.FaultRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenario F8: the wall clock jumps both ways while rules, silences and repeats are judged; the ticker only grows. */
@Tag("fault")
@Tag("F8")
class AlertClockFaultTest {
  private static final Instant START = Instant.parse("2026-10-25T00:00:00Z");
  private static final long[] JUMP_SECONDS = {3_600, -3_600, 86_400, -86_400, 600, -600, 1, -1, 0};

  private final FaultRun run = FaultRun.of("F8", 100);
  private final SettableClock clock = SettableClock.at(START);
  private long nanos = Long.MAX_VALUE - Duration.ofMinutes(30).toNanos();
  private final Map<String, Long> figures = new TreeMap<>();

  private void jump(Random random) {
    int passed = random.nextInt(20);
    nanos += Duration.ofSeconds(passed).toNanos();
    clock.advance(Duration.ofSeconds(passed));
    clock.advance(Duration.ofSeconds(JUMP_SECONDS[random.nextInt(JUMP_SECONDS.length)]));
  }

  private void count(String figure, boolean when) {
    figures.merge(figure, when ? 1L : 0L, Long::sum);
  }

  @Test
  void whenTheClockJumps_thenRulesFireByTheTickerAndAWallClockWouldNot() {
    AlertRule rule = AlertRule.builder("r", "m", Direction.ABOVE, 5)
        .forDuration(Duration.ofMinutes(1))
        .cooldown(Duration.ofMinutes(2))
        .noDataAfter(Duration.ofMinutes(1))
        .build();
    AlertEngine jumping = AlertEngine.of(List.of(rule));
    AlertEngine steady = AlertEngine.of(List.of(rule));
    AlertEngine planted = AlertEngine.of(List.of(rule));
    Random random = run.random();
    long start = nanos;
    for (int i = 0; i < run.n(); i++) {
      jump(random);
      Map<String, Reading> readings =
          random.nextInt(4) == 0 ? Map.of() : Map.of("m", Reading.of(random.nextInt(30)));
      List<AlertEvent.Kind> told = kinds(jumping, nanos, clock.instant(), readings);
      List<AlertEvent.Kind> right = kinds(steady, nanos, START.plusNanos(nanos - start), readings);
      long wall = Duration.between(START, clock.instant()).toNanos();
      count("wrongEvents", !told.equals(right));
      count("events", !told.isEmpty());
      count("plantedCaught", !kinds(planted, wall, START, readings).equals(right));
    }
    System.out.println(run.report(figures.get("wrongEvents"), figures));
    assertThat(figures).containsEntry("wrongEvents", 0L);
    assertThat(figures.get("events")).isPositive();
    assertThat(figures.get("plantedCaught"))
        .as("rules by the wall clock must be caught")
        .isPositive();
  }

  private static List<AlertEvent.Kind> kinds(
      AlertEngine engine, long now, Instant at, Map<String, Reading> readings) {
    return engine.step(now, at, readings).stream().map(AlertEvent::kind).toList();
  }

  @Test
  void whenTheClockJumps_thenNoSilenceLastsLongerThanItWasSetFor() {
    Alert alert = new Alert(START, ErrorCode.DATA_FETCH, "vendor", "away");
    Random random = run.random();
    for (int i = 0; i < run.n(); i++) {
      Silences silences = Silences.of(clock, () -> nanos);
      Instant now = clock.instant();
      long set = nanos;
      Duration length = Duration.ofSeconds(1 + random.nextInt(100));
      silences.add(new Silence(
          SilenceMatcher.source("vendor"), now, now.plus(length), "wang", "works on it"));
      for (int k = 0; k < 10; k++) {
        jump(random);
        boolean over = nanos - set >= length.toNanos();
        boolean silent = silences.silences(alert);
        count("wrongSilences", over && silent);
        boolean byWallAlone = clock.instant().isBefore(now.plus(length));
        count("plantedCaught", over && byWallAlone);
      }
    }
    System.out.println(run.report(figures.get("wrongSilences"), figures));
    assertThat(figures).containsEntry("wrongSilences", 0L);
    assertThat(figures.get("plantedCaught")).isPositive();
  }

  @Test
  void whenTheClockJumps_thenTheSameIsPassedOnByTheTicker() {
    RecordingAlertSink passed = new RecordingAlertSink();
    QuietSink quiet = QuietSink.builder(passed, () -> nanos).build();
    long from = nanos;
    quiet.alert(new Alert(START, ErrorCode.DATA_FETCH, "vendor", "away"));
    clock.advance(Duration.ofDays(1));
    quiet.alert(new Alert(clock.instant(), ErrorCode.DATA_FETCH, "vendor", "away"));
    clock.advance(Duration.ofDays(-2));
    nanos = from + Duration.ofMinutes(5).toNanos();
    quiet.alert(new Alert(
        clock.instant(), ErrorCode.DATA_FETCH, "vendor", "away", Severity.ERROR, Map.of()));
    assertThat(passed.alerts()).hasSize(2);
    assertThat(passed.alerts().get(1).figures()).containsKey("repeated");
  }
}
