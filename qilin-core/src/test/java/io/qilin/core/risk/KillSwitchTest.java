package io.qilin.core.risk;

import static io.qilin.core.risk.RiskCases.MAIN;
import static io.qilin.core.risk.RiskCases.OTHER;
import static io.qilin.core.risk.RiskCases.buy;
import static io.qilin.core.risk.RiskCases.cash;
import static io.qilin.core.risk.RiskCases.context;
import static io.qilin.core.risk.RiskCases.sell;
import static io.qilin.core.risk.RiskCases.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class KillSwitchTest {
  private static final int THREADS = 8;

  /** One of the reasons stays, and every thread whose trip has returned sees the switch on. */
  @Test
  void whenManyTripAtOnce_thenOneReasonStaysAndNobodyPassesAfterwards() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < 200; round++) {
        KillSwitch killSwitch = new KillSwitch();
        RiskGate gate = RiskGate.of(List.of(RiskRules.killSwitch(killSwitch)));
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> passed = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          String reason = "reason " + t;
          Callable<Boolean> task = () -> {
            start.await();
            killSwitch.trip(reason);
            return gate.check(buy(MAIN, "10.00", 100), cash()).passed();
          };
          passed.add(executor.submit(task));
        }
        start.countDown();
        for (Future<Boolean> one : passed) {
          assertThat(one.get()).isFalse();
        }
        String reason = killSwitch.reason().orElseThrow();
        assertThat(reason).matches("reason [0-7]");
        assertThat(killSwitch.reset("Li Wei")).contains(reason);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  /** Of many who reset it, one alone is told why it was on. */
  @Test
  void whenManyReset_thenOneTurnsItOff() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < 200; round++) {
        KillSwitch killSwitch = new KillSwitch();
        killSwitch.trip("stale feed");
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> told = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          told.add(executor.submit(() -> {
            start.await();
            return killSwitch.reset("Li Wei").isPresent();
          }));
        }
        start.countDown();
        int count = 0;
        for (Future<Boolean> one : told) {
          count += one.get() ? 1 : 0;
        }
        assertThat(count).isEqualTo(1);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void whenAWiredRuleRefuses_thenEverythingIsStoppedUntilAReset() {
    KillSwitch killSwitch = new KillSwitch();
    RiskSettings settings = RiskSettings.moderate().toBuilder()
        .highWaterMark(Money.parse("1200000"))
        .drawdown(0.10)
        .build();
    List<SessionRule> rules = new ArrayList<>();
    for (SessionRule rule : RiskRules.standard(settings, killSwitch)) {
      rules.add(rule.id().equals("drawdown") ? RiskRules.tripping(rule, killSwitch) : rule);
    }
    RiskGate gate = RiskGate.of(rules);
    RiskContext fallen = context(with("900000", Map.of(MAIN, 10_000L)));
    assertThat(gate.check(sell(MAIN, "10.00", 100), fallen).passed()).isTrue();
    assertThat(gate.objections(buy(OTHER, "10.00", 100), fallen))
        .singleElement()
        .satisfies(reject -> assertThat(reject.rule()).isEqualTo("drawdown"));
    assertThat(killSwitch.reason())
        .hasValueSatisfying(reason -> assertThat(reason).contains("drawdown", "1000000.00"));
    assertThat(gate.check(sell(MAIN, "10.00", 100), fallen).passed()).isFalse();
    assertThat(killSwitch.reset("Li Wei")).isPresent();
    assertThat(gate.check(sell(MAIN, "10.00", 100), fallen).passed()).isTrue();
  }
}
