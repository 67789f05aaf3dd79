package io.qilin.ops.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Degradation;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.RecordingAlertSink;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DegradationTableTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:30:00Z");

  private final SettableClock clock = SettableClock.at(NOW);
  private final RecordingAlertSink alerts = new RecordingAlertSink();
  private final List<ManualCase> queue = new ArrayList<>();
  private final List<String> stops = new ArrayList<>();
  private final AtomicInteger copies = new AtomicInteger();
  private final AtomicInteger ruled = new AtomicInteger();

  private DegradationTable.Builder<String> builder() {
    return DegradationTable.<String>builder(alerts, clock)
        .keptCopy(() -> {
          copies.incrementAndGet();
          return Optional.of(new KeptCopy<>("old", "vendor-a", NOW.minus(Duration.ofHours(3))));
        })
        .rules(() -> {
          ruled.incrementAndGet();
          return Optional.of("by rules");
        })
        .manualQueue(queue::add)
        .stopTrading(stops::add);
  }

  private static QilinException error(ErrorCode code) {
    return new QilinException(code, "the test says so");
  }

  private StandIn<String> standIn(ErrorCode code) {
    return builder().build().standIn("o-1", error(code));
  }

  @Test
  void whenDataFails_thenTheCopySaysItsSourceAndAge() {
    StandIn<String> found = standIn(ErrorCode.DATA_FETCH);
    assertThat(found)
        .isEqualTo(
            new StandIn.StaleCopy<>(ErrorCode.DATA_FETCH, "old", "vendor-a", Duration.ofHours(3)))
        .hasToString("DEGRADED (stale copy of vendor-a, PT3H old, after DATA_FETCH): old");
    assertThat(found.value()).contains("old");
  }

  @Test
  void whenACopyIsFromTheFuture_thenItsAgeIsZero() {
    clock.set(NOW.minus(Duration.ofDays(1)));
    assertThat(((StandIn.StaleCopy<String>) standIn(ErrorCode.DATA_FETCH)).age())
        .isZero();
  }

  @Test
  void whenAnAnalystFails_thenItAbstains() {
    StandIn<String> found = standIn(ErrorCode.ANALYST_TIMEOUT);
    assertThat(found)
        .isInstanceOf(StandIn.Abstained.class)
        .hasToString("ABSTAINED (after ANALYST_TIMEOUT): QILIN-3001 the test says so");
    assertThat(found.value()).isEmpty();
  }

  @Test
  void whenALanguageModelFails_thenTheRulesStandIn() {
    StandIn<String> found = standIn(ErrorCode.LLM_TIMEOUT);
    assertThat(found).hasToString("DEGRADED (by rules, after LLM_TIMEOUT): by rules");
    assertThat(found.value()).contains("by rules");
  }

  @Test
  void whenTradingFails_thenTheOrderWaitsForAPerson() {
    StandIn<String> found = standIn(ErrorCode.ORDER_INVALID);
    ManualCase item =
        new ManualCase(NOW, "o-1", ErrorCode.ORDER_INVALID, "QILIN-4001 the test says so");
    assertThat(queue).containsExactly(item);
    assertThat(found)
        .isEqualTo(new StandIn.PutAside<>(ErrorCode.ORDER_INVALID, item))
        .hasToString("WAITS FOR A PERSON (after ORDER_INVALID): o-1");
    assertThat(alerts.alerts()).isEmpty();
  }

  @Test
  void whenRiskFails_thenTradingStopsAndAPersonIsTold() {
    StandIn<String> found = standIn(ErrorCode.RISK_LIMIT);
    assertThat(found)
        .hasToString("TRADING STOPPED (after RISK_LIMIT): o-1: QILIN-4003 the test says so");
    assertThat(stops).containsExactly("o-1: QILIN-4003 the test says so");
    assertThat(alerts.alerts()).extracting(Alert::severity).containsExactly(Severity.CRITICAL);
    assertThat(copies.get() + ruled.get()).isZero();
  }

  @Test
  void whenSecurityFails_thenItIsRefusedAndNothingElseIsAsked() {
    assertThat(standIn(ErrorCode.AUTHENTICATION)).hasToString("REFUSED (after AUTHENTICATION)");
    assertThat(copies.get() + ruled.get()).isZero();
    assertThat(queue).isEmpty();
  }

  @Test
  void whenNothingStandsIn_thenTheFailureIsReported() {
    StandIn<String> found = standIn(ErrorCode.CONFLICT);
    assertThat(found).hasToString("FAILED (CONFLICT): QILIN-1006 the test says so");
    assertThat(found.value()).isEmpty();
  }

  private static final class Names implements StandIn.Cases<String, Degradation> {
    @Override
    public Degradation stale(StandIn.StaleCopy<String> stale) {
      return Degradation.CACHED_DATA;
    }

    @Override
    public Degradation abstained(StandIn.Abstained<String> abstained) {
      return Degradation.ABSTAIN;
    }

    @Override
    public Degradation byRules(StandIn.ByRules<String> byRules) {
      return Degradation.RULES;
    }

    @Override
    public Degradation putAside(StandIn.PutAside<String> putAside) {
      return Degradation.MANUAL_INTERVENTION;
    }

    @Override
    public Degradation stopped(StandIn.Stopped<String> stopped) {
      return Degradation.STOP_TRADING;
    }

    @Override
    public Degradation refused(StandIn.Refused<String> refused) {
      return Degradation.REFUSE;
    }

    @Override
    public Degradation reported(StandIn.Reported<String> reported) {
      return Degradation.NONE;
    }
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void whateverFails_thenTheCaseIsThatOfItsDegradation(ErrorCode code) {
    StandIn<String> found = standIn(code);
    assertThat(found.fold(new Names())).isEqualTo(code.degradation());
    assertThat(found.code()).isEqualTo(code);
    assertThat(found.toString())
        .matches("(?s)(DEGRADED|ABSTAINED|WAITS FOR A PERSON|TRADING STOPPED|REFUSED|FAILED).*");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void whenEveryPartThrows_thenNothingEscapesAndNothingIsMadeUp(ErrorCode code) {
    DegradationTable<String> broken = DegradationTable.<String>builder(
            alert -> {
              throw error(ErrorCode.NETWORK);
            },
            clock)
        .keptCopy(() -> {
          throw error(ErrorCode.IO);
        })
        .rules(() -> {
          throw error(ErrorCode.IO);
        })
        .manualQueue(item -> {
          throw error(ErrorCode.IO);
        })
        .stopTrading(reason -> {
          throw error(ErrorCode.IO);
        })
        .build();
    StandIn<String> found = broken.standIn("o-1", error(code));
    Degradation expected = switch (code.degradation()) {
      case ABSTAIN -> Degradation.ABSTAIN;
      case STOP_TRADING -> Degradation.STOP_TRADING;
      case REFUSE -> Degradation.REFUSE;
      case NONE, CACHED_DATA, RULES, MANUAL_INTERVENTION -> Degradation.NONE;
    };
    assertThat(found.fold(new Names())).isEqualTo(expected);
    assertThat(found.value()).isEmpty();
  }

  @Test
  void whenThereIsNoQueueAndNoSwitch_thenTheAlertSaysSo() {
    DegradationTable<String> bare =
        DegradationTable.<String>builder(alerts, clock).build();
    assertThat(bare.standIn("o-1", error(ErrorCode.TRADING))).isInstanceOf(StandIn.Reported.class);
    assertThat(bare.standIn("o-2", error(ErrorCode.KILL_SWITCH)))
        .isInstanceOf(StandIn.Stopped.class);
    assertThat(alerts.alerts())
        .extracting(Alert::message)
        .satisfiesExactly(
            first -> assertThat(first).contains("no queue"),
            second -> assertThat(second).contains("no switch"));
    assertThat(bare.standIn("q", error(ErrorCode.DATA_FETCH))).isInstanceOf(StandIn.Reported.class);
    assertThat(bare.standIn("q", error(ErrorCode.LLM_REFUSED)))
        .isInstanceOf(StandIn.Reported.class);
  }

  @Test
  void whenTheFailureIsNoneOfQilins_thenItIsTakenByItsType() {
    DegradationTable<String> table = builder().build();
    assertThat(table.standIn("q", new ConcurrentModificationException("x")).code())
        .isEqualTo(ErrorCode.UNKNOWN);
    assertThat(table.standIn("q", new ExecutionException(error(ErrorCode.DATA_FETCH))))
        .isInstanceOf(StandIn.StaleCopy.class);
  }
}
