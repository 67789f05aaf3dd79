package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmUsage;
import io.qilin.testkit.ScriptedLlm;
import io.qilin.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LlmBudgetTest {
  private static final LlmCall CALL = LlmCall.within(Duration.ofSeconds(1));
  private static final SettableClock CLOCK = SettableClock.at("2024-01-02T20:00:00+08:00");

  private static BudgetAmount tokens(long count) {
    return new BudgetAmount(count, BigDecimal.ZERO);
  }

  private static void exhausted(LlmBudget budget, BudgetRun run, long count, String whose) {
    BudgetAmount before = budget.usedToday();
    assertThatThrownBy(() -> budget.reserve(run, tokens(count)))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.LLM_BUDGET_EXHAUSTED))
        .hasMessageContaining(whose);
    assertThat(budget.usedToday()).isEqualTo(before);
  }

  @Test
  void whenRunStrategyAndDayAreCapped_thenEachHolds() {
    LlmBudget budget = LlmBudget.builder(BudgetCap.ofTokens(100), CLOCK)
        .perRun(BudgetCap.ofTokens(30))
        .perStrategy(BudgetCap.ofTokens(50))
        .strategy("big", BudgetCap.ofTokens(70))
        .build();
    BudgetRun first = budget.run("small");
    budget.reserve(first, tokens(30));
    exhausted(budget, first, 1, "the run");
    BudgetRun second = budget.run("small");
    budget.reserve(second, tokens(20));
    exhausted(budget, second, 1, "the strategy small");
    budget.reserve(budget.run("big"), tokens(30));
    exhausted(budget, budget.run("big"), 21, "the day 2024-01-02");
    budget.reserve(budget.run("big"), tokens(20));
    assertThat(budget.usedToday().tokens()).isEqualTo(100);
    exhausted(budget, budget.run("other"), 1, "the day");
  }

  @Test
  void whenADayPasses_thenItsCountersBeginAnewAndTheRunGoesOn() {
    SettableClock clock = SettableClock.at("2024-01-02T23:59:59+08:00");
    LlmBudget budget = LlmBudget.builder(BudgetCap.ofTokens(100), clock)
        .perRun(BudgetCap.ofTokens(150))
        .build();
    BudgetRun run = budget.run("a");
    LlmBudget.Reservation late = budget.reserve(run, tokens(90));
    clock.advance(Duration.ofSeconds(1));
    assertThat(budget.usedToday()).isEqualTo(BudgetAmount.NONE);
    budget.settle(late, tokens(80));
    assertThat(budget.usedToday()).isEqualTo(BudgetAmount.NONE);
    assertThat(run.used().tokens()).isEqualTo(80);
    budget.reserve(run, tokens(70));
    exhausted(budget, run, 1, "the run");
  }

  @Test
  void whenTheClockIsSetBack_thenNothingIsFreed() {
    SettableClock clock = SettableClock.at("2024-01-03T00:00:01+08:00");
    LlmBudget budget = LlmBudget.builder(BudgetCap.ofTokens(100), clock).build();
    budget.reserve(budget.run("a"), tokens(100));
    clock.advance(Duration.ofHours(-1));
    exhausted(budget, budget.run("a"), 1, "the day 2024-01-03");
  }

  @Test
  void whenPricesAreInTwoCurrencies_thenTheBudgetIsRefused() {
    assertThatThrownBy(() -> LlmBudget.builder(BudgetCap.ofTokens(1), CLOCK)
            .price("a/b", price("USD"))
            .price("a/c", price("CNY"))
            .build())
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("1002");
  }

  static LlmPrice price(String currency) {
    return new LlmPrice(currency, BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.TEN);
  }

  /** A model that knows what is reserved for the calls inside it, and what was used by those before. */
  private static final class Meter {
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong highest = new AtomicLong();

    LlmReply answer(LlmRequest request, SplittableRandom random) {
      long worst = BudgetTokens.prompt(request) + request.maxOutputTokens();
      long now = committed.addAndGet(worst);
      highest.accumulateAndGet(now, Math::max);
      Thread.onSpinWait();
      int fate = random.nextInt(4);
      long prompt = random.nextLong(BudgetTokens.prompt(request) + 1);
      long completion = random.nextLong(request.maxOutputTokens() + 1L);
      if (fate == 0) {
        throw new QilinException(ErrorCode.LLM_TIMEOUT, "made");
      }
      committed.addAndGet(fate == 1 ? -worst : prompt + completion - worst);
      if (fate == 1) {
        throw new QilinException(ErrorCode.LLM_RATE_LIMITED, "made");
      }
      return new LlmReply(
          "",
          List.of(),
          LlmReply.Finish.STOP,
          Optional.of(new LlmUsage(prompt, 0, completion)),
          "m",
          Optional.empty());
    }
  }

  @Property(tries = 10)
  void whenManyThreadsAsk_thenNoTokenIsSpentBeyondTheCapAndAllAreCounted(@ForAll long seed)
      throws InterruptedException, ExecutionException {
    SplittableRandom random = new SplittableRandom(seed);
    long cap = random.nextLong(500, 20_000);
    LlmBudget budget = LlmBudget.builder(BudgetCap.ofTokens(cap), CLOCK).build();
    Meter meter = new Meter();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        SplittableRandom own = random.split();
        BudgetedClient client = BudgetedClient.of(
            ScriptedLlm.always((request, call) -> meter.answer(request, own)), budget.run("s" + t));
        done.add(threads.submit(() -> ask(client, own)));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(meter.highest.get()).isLessThanOrEqualTo(cap);
    assertThat(budget.usedToday().tokens()).isEqualTo(meter.committed.get());
    long strategies = 0;
    for (int t = 0; t < 4; t++) {
      strategies += budget.usedToday("s" + t).tokens();
    }
    assertThat(strategies).isEqualTo(budget.usedToday().tokens());
  }

  private static void ask(BudgetedClient client, SplittableRandom random) {
    for (int i = 0; i < 50; i++) {
      LlmRequest request = LlmRequest.of(
          List.of(LlmMessage.user("x".repeat(random.nextInt(200)))), 1 + random.nextInt(300));
      try {
        client.complete(request, CALL);
      } catch (QilinException e) {
        assertThat(e.code())
            .isIn(
                ErrorCode.LLM_TIMEOUT, ErrorCode.LLM_RATE_LIMITED, ErrorCode.LLM_BUDGET_EXHAUSTED);
      }
    }
  }
}
