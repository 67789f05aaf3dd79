package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.demo.DemoProvider;
import io.qilin.testkit.Await;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.FaultySource.Fault;
import io.qilin.testkit.fault.FaultRun;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario F9 for guarded sources: the first of three fails, each way. */
@Tag("fault")
@Tag("F9")
@Timeout(60)
class SourceOutageTest {
  private static final BarQuery QUERY = BarQuery.ALL;
  private static final ResiliencePolicy POLICY =
      ResiliencePolicy.builder().breakerOpen(Duration.ofSeconds(10), 0).build();

  private final FaultRun run = FaultRun.of("F9", 30);
  private final Guard guard = new Guard();
  private final FaultySource first = source();
  private final FaultySource second = source();
  private final FaultySource third = source();
  private int hung;
  private int seconds;

  @AfterEach
  void close() {
    first.release();
    guard.close();
  }

  /** Slow calls take 5 s of the ticker. */
  private FaultySource source() {
    MarketDataSource demo =
        new DemoProvider().open(Map.of("symbols", "3", "years", "1", "seed", "7"));
    return new FaultySource(demo, Duration.ofSeconds(5), guard::pass);
  }

  /** While a call hangs, two looks at the ticker find it a second later each: the time that an attempt has, and no more. */
  private synchronized long ticker() {
    if (first.calls() != hung) {
      hung = first.calls();
      seconds = 2;
    }
    boolean later = seconds > 0 && first.hanging() > 0;
    seconds -= later ? 1 : 0;
    return guard.nanos.addAndGet(later ? 1_000_000_000L : 0);
  }

  private Resilience vendor() {
    return Resilience.builder("vendor", POLICY, guard.pool, this::ticker, guard.clock, run.seed())
        .pause(guard::pause)
        .build();
  }

  /** One and a tenth of the calls. */
  private int mostLoad() {
    return (int) Math.floor(run.n() * 1.1);
  }

  private static void whole(Bars bars) {
    if (bars.panel().symbols().isEmpty()
        || !bars.panel().has(Field.HIGH)
        || Double.isNaN(bars.panel().value(Field.HIGH, 0, bars.panel().firstRow(0)))) {
      throw new QilinException(ErrorCode.DATA_QUALITY, "half an answer");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"FAIL", "CRASH", "HANG", "SLOW", "NULL", "EMPTY", "HALF_ROWS", "WRONG_SCHEMA"})
  void whenTheFirstFails_thenEveryCallIsAnsweredAndItIsSpared(Fault fault) {
    Resilience vendor = vendor();
    ResilientSource guarded = ResilientSource.of(first, vendor)
        .withCheck(SourceOutageTest::whole)
        .withFallback("second", second)
        .withFallback("third", third);
    first.then(fault);
    second.script(Fault.FAIL);
    long degraded = 0;
    for (int i = 0; i < run.n(); i++) {
      degraded += guarded.outcome(QUERY).degraded() ? 1 : 0;
    }
    assertThat(vendor.state().failedCalls()).isZero();
    assertThat(first.calls()).as("until the breaker opens").isLessThanOrEqualTo(11);
    assertThat(first.calls()).as("load").isLessThanOrEqualTo(mostLoad());
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.OPEN);

    first.then(Fault.NONE);
    first.release();
    Await.until("no call hangs any more", () -> first.hanging() == 0);
    guard.pass(Duration.ofMillis(10_001));
    assertThat(guarded.outcome(QUERY).degraded()).as("the first probe").isFalse();
    assertThat(guarded.outcome(QUERY).degraded()).as("the second").isFalse();
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.CLOSED);
    System.out.println(run.report(
        vendor.state().failedCalls(), Map.of("degraded", degraded, "load", first.calls())));
  }

  @Test
  void whenACallIsPlainlyTriedThreeTimes_thenTheLoadIsCaught() {
    first.then(Fault.FAIL);
    for (int i = 0; i < run.n(); i++) {
      for (int attempt = 0; attempt < 3; attempt++) {
        try {
          first.bars(QUERY);
        } catch (QilinException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.DATA_FETCH);
        }
      }
    }
    assertThat(first.calls()).as("the planted fault").isGreaterThan((int)
        Math.floor(run.n() * 1.1));
  }
}
