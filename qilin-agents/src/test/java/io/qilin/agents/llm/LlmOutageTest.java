package io.qilin.agents.llm;

import static io.qilin.agents.llm.Asking.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmReply;
import io.qilin.testkit.FakeLlmReply;
import io.qilin.testkit.FakeLlmServer;
import io.qilin.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Fault scenario F10 over real HTTP: whatever two servers do, each question ends in an answer or in the rules. The number of calls is the
 * system property {@code qilin.llm.calls}.
 */
class LlmOutageTest {
  private static final int CALLS = Integer.getInteger("qilin.llm.calls", 300);
  private static final double FLAKY = 0.3;
  private static final LlmPrice PRICE =
      new LlmPrice("USD", BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.TEN);

  private final FakeLlmServer one = FakeLlmServer.start();
  private final FakeLlmServer two = FakeLlmServer.start();

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private static List<FakeLlmReply> faults() {
    return List.of(
        FakeLlmReply.error(401, "x", "who are you"),
        FakeLlmReply.error(402, "x", "pay"),
        FakeLlmReply.error(429, "x", "slow down", Map.of("retry-after-ms", "1")),
        FakeLlmReply.error(500, "x", "oops"),
        FakeLlmReply.error(503, "x", "busy"),
        FakeLlmReply.resetMidStream(),
        FakeLlmReply.errorMidStream("server_error", "oops"),
        FakeLlmReply.json("<html>"),
        FakeLlmReply.stream("data: {\"choices\":[\n\n"),
        FakeLlmReply.notHttp());
  }

  /** Answers, but for a share of faults, by a fixed sequence. */
  static void makeFlaky(FakeLlmServer server, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<FakeLlmReply> faults = faults();
    server.answer(question -> {
      synchronized (random) {
        return random.nextDouble() < share
            ? faults.get(random.nextInt(faults.size()))
            : FakeLlmReply.text("an ", "answer");
      }
    });
  }

  private LlmClient client(FakeLlmServer server) {
    return Asking.open(server.baseUri(), "attempts", "1");
  }

  @Test
  void whenServersAreFlaky_thenNoCallIsLost() {
    makeFlaky(one, FLAKY, 1);
    makeFlaky(two, FLAKY, 2);
    Map<String, Integer> served = new TreeMap<>();
    try (LlmRouter router = LlmRouter.builder(System::nanoTime)
        .member("one", client(one), 1)
        .member("two", client(two), 1)
        .balance(LlmRouter.Balance.WEIGHTED)
        .fallback(request -> "by rules")
        .build()) {
      for (int k = 0; k < CALLS; k++) {
        LlmReply reply = router.complete(QUESTION, LlmCall.within(Asking.TIME));
        assertThat(reply.text())
            .isEqualTo(reply.model().equals(LlmFallback.MODEL) ? "by rules" : "an answer");
        served.merge(reply.model(), 1, Integer::sum);
      }
    }
    assertThat(served.values().stream().mapToInt(n -> n).sum()).isEqualTo(CALLS);
    assertThat(served).containsOnlyKeys("fake", LlmFallback.MODEL);
  }

  /** The control: the same faults without a router lose calls. */
  @Test
  void whenOneFlakyServerIsAskedAlone_thenCallsAreLost() {
    makeFlaky(one, FLAKY, 1);
    int lost = 0;
    try (LlmClient client = client(one)) {
      for (int k = 0; k < 50; k++) {
        try {
          client.complete(QUESTION, LlmCall.within(Asking.TIME));
        } catch (QilinException e) {
          lost++;
        }
      }
    }
    assertThat(lost).isBetween(1, 49);
  }

  @Test
  void whenBothServersAreOut_thenTheRulesAnswerWhateverTheWayOfIt() {
    for (FakeLlmReply fault : List.of(
        FakeLlmReply.silence(),
        FakeLlmReply.endless(),
        FakeLlmReply.large(10 << 20),
        FakeLlmReply.queuedForEver(Duration.ofMillis(10)),
        FakeLlmReply.error(429, "x", "no", Map.of("retry-after", "60")))) {
      one.answer(fault);
      two.answer(fault);
      try (LlmRouter router = LlmRouter.builder(System::nanoTime)
          .member("one", client(one), 1)
          .member("two", client(two), 1)
          .fallback(request -> "by rules")
          .build()) {
        LlmReply reply = router.complete(QUESTION, LlmCall.within(Duration.ofMillis(200)));
        assertThat(reply.model()).isEqualTo(LlmFallback.MODEL);
      }
    }
  }

  @Test
  void whenTheFirstServerIsGoneOrSpeaksNoTls_thenTheSecondAnswers() {
    try (LlmRouter router = LlmRouter.builder(System::nanoTime)
        .member("gone", Asking.open(FakeLlmServer.nobody(), "attempts", "1"), 1)
        .member("no TLS", Asking.open(one.brokenTlsUri()), 1)
        .member("good", client(two), 1)
        .fallback(request -> "by rules")
        .build()) {
      assertThat(router.complete(QUESTION, LlmCall.within(Asking.TIME)).text()).isEqualTo("ok");
    }
  }

  /** No question is answered before all have arrived: asked one after another, they would all end with the rules. */
  @Test
  void whenEightAskAtOnce_thenTheyAreAskedBesideEachOther() throws Exception {
    CyclicBarrier all = new CyclicBarrier(8);
    one.answer(question -> {
      try {
        all.await(30, TimeUnit.SECONDS);
        return FakeLlmReply.text("together");
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        return FakeLlmReply.error(500, "x", e.toString());
      }
    });
    try (LlmRouter router = LlmRouter.builder(System::nanoTime)
        .member("one", client(one), 1)
        .fallback(request -> "by rules")
        .build()) {
      assertThat(answers(router, 8)).hasSize(8).containsOnly("together");
    }
  }

  /** Flaky servers charge for what they broke off: the cap holds for all of it, and beyond it the rules answer. */
  @Test
  void whenMoneyIsCappedAndServersAreFlaky_thenTheCapHoldsAndTheRulesAnswer() throws Exception {
    makeFlaky(one, FLAKY, 3);
    BigDecimal cap = new BigDecimal("0.01");
    LlmClient client = client(one);
    LlmBudget budget = LlmBudget.builder(
            BudgetCap.of(1_000_000, cap), SettableClock.at("2024-01-02T20:00:00+08:00"))
        .price(client.model().toString(), PRICE)
        .build();
    try (LlmRouter router = LlmRouter.builder(System::nanoTime)
        .member("one", BudgetedClient.of(client, budget.run("test")), 1)
        .breaker(
            new LlmBreakerSettings(1000, 1000, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .fallback(request -> "by rules")
        .build()) {
      assertThat(answers(router, 120)).hasSize(120).contains("an answer", "by rules");
    }
    assertThat(budget.usedToday().money()).isPositive().isLessThanOrEqualTo(cap);
    assertThat(one.questions()).hasSizeLessThan(120);
  }

  private static List<String> answers(LlmClient client, int calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<String> call =
          () -> client.complete(QUESTION, LlmCall.within(Asking.TIME)).text();
      List<String> out = new ArrayList<>();
      for (Future<String> one : threads.invokeAll(Collections.nCopies(calls, call))) {
        out.add(one.get());
      }
      return out;
    } finally {
      threads.shutdownNow();
    }
  }
}
