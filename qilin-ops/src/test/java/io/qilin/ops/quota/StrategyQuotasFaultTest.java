package io.qilin.ops.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.health.LatencyRecorder;
import io.qilin.testkit.Await;
import io.qilin.testkit.fault.FaultRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Scenario F12: a hundred strategies with eight tasks each over a pool of sixteen; ten are greedy, five leak leases, five throw. Who
 * holds how much is counted by the tasks themselves, with a compare-and-set beside the quotas.
 */
@Tag("fault")
@Tag("F12")
@Timeout(120)
class StrategyQuotasFaultTest {
  private static final int STRATEGIES = 100;
  private static final int TASKS = 8;
  private static final int POOL = 16;
  private static final int GREEDY = 10;
  private static final int LEAKING = 15;
  private static final int THROWING = 20;
  private static final int QUOTA = 2;

  private final FaultRun run = FaultRun.of("F12", 3);
  private final AtomicLong nanos = new AtomicLong();
  private final Map<String, Long> figures = new TreeMap<>();

  /** What the tasks threw, and how long each waited. */
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private final LatencyRecorder waited = new LatencyRecorder();

  private StrategyQuotas quotas() {
    StrategyQuotas quotas = StrategyQuotas.builder(POOL, nanos::get)
        .sweepEvery(Duration.ZERO)
        .wait(Duration.ofHours(1))
        .queue(10_000)
        .build();
    // The last ten are known to nobody.
    for (int i = 0; i < STRATEGIES - 10; i++) {
      quotas.register(name(i), i < GREEDY ? Quota.UNLIMITED : Quota.workers(QUOTA));
    }
    return quotas;
  }

  private static String name(int strategy) {
    return "strategy-" + strategy;
  }

  private static int quota(int strategy) {
    return strategy < GREEDY ? POOL : strategy < STRATEGIES - 10 ? QUOTA : 1;
  }

  /** How many work at a time, by strategy and together. */
  private static final class Trace {
    private final AtomicInteger[] held = new AtomicInteger[STRATEGIES];
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    Trace() {
      for (int i = 0; i < STRATEGIES; i++) {
        held[i] = new AtomicInteger();
      }
    }

    void enter(int strategy, int quota) {
      int mine = held[strategy].incrementAndGet();
      int together = all.incrementAndGet();
      most.accumulateAndGet(together, Math::max);
      if (mine > quota || together > POOL) {
        over.incrementAndGet();
      }
    }

    void leave(int strategy) {
      held[strategy].decrementAndGet();
      all.decrementAndGet();
    }
  }

  @Test
  void whenAHundredStrategiesRunAtOnce_thenNoneIsOverItsQuota() throws Exception {
    for (int round = 0; round < run.n(); round++) {
      burst(new Random(run.seed() + round));
    }
    figures.put("waitP99Micros", waited.latencies().get("wait").p99() / 1_000);
    System.out.println(run.report(figures.get("wrongOverQuota"), figures));
    int thrown = run.n() * TASKS * (THROWING - LEAKING);
    // A pool has ended before the last of its threads has told what it died of.
    Await.until("every failure is told", () -> failures.size() >= thrown);
    assertThat(failures)
        .hasSize(thrown)
        .allSatisfy(error -> assertThat(error).isInstanceOf(PlannedFailure.class));
    assertThat(figures)
        .containsEntry("wrongOverQuota", 0L)
        .containsEntry("tasks", (long) run.n() * STRATEGIES * TASKS)
        .containsEntry("leaksTakenBack", (long) run.n() * (LEAKING - GREEDY));
  }

  private void burst(Random random) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2 * POOL, body -> {
      Thread thread = new Thread(body);
      thread.setUncaughtExceptionHandler((any, error) -> failures.add(error));
      return thread;
    });
    Trace trace = new Trace();
    CountDownLatch ended = new CountDownLatch(STRATEGIES * TASKS);
    try (StrategyQuotas quotas = quotas()) {
      // Held and never closed: a second permit of each of five strategies.
      for (int i = GREEDY; i < LEAKING; i++) {
        quotas.acquire(name(i));
      }
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < STRATEGIES * TASKS; i++) {
        order.add(i % STRATEGIES);
      }
      Collections.shuffle(order, random);
      for (int strategy : order) {
        boolean leaks = strategy >= GREEDY && strategy < LEAKING;
        int quota = quota(strategy) - (leaks ? 1 : 0);
        long asked = System.nanoTime();
        quotas.executor(name(strategy), threads).execute(() -> {
          waited.recordNanos("wait", System.nanoTime() - asked);
          trace.enter(strategy, quota);
          try {
            Thread.yield();
            if (strategy >= LEAKING && strategy < THROWING) {
              throw new PlannedFailure();
            }
          } finally {
            trace.leave(strategy);
            ended.countDown();
          }
        });
      }
      assertThat(ended.await(60, TimeUnit.SECONDS)).as("every task ran").isTrue();
      nanos.addAndGet(Duration.ofSeconds(61).toNanos());
      long leaks = quotas.usage().stream().mapToLong(QuotaUsage::leaks).sum();
      long waits = quotas.usage().stream().mapToLong(QuotaUsage::waits).sum();
      figures.merge("leaksTakenBack", leaks, Long::sum);
      figures.merge("waits", waits, Long::sum);
      for (int i = GREEDY; i < LEAKING; i++) {
        quotas.tryAcquire(name(i)).orThrow().close();
      }
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
    figures.merge("tasks", (long) STRATEGIES * TASKS, Long::sum);
    figures.merge("mostAtATime", (long) trace.most.get(), Math::max);
    figures.merge("wrongOverQuota", (long) trace.over.get(), Long::sum);
  }

  private static final class PlannedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlannedFailure() {
      super("planned", null, false, false);
    }
  }

  @Test
  void whenTenAreGreedy_thenEqualsGetEqualWork() {
    int rounds = Math.min(60 * run.n(), 6_000);
    ArrayDeque<Runnable> handed = new ArrayDeque<>();
    int[] done = new int[STRATEGIES];
    try (StrategyQuotas quotas = quotas()) {
      for (int strategy = 0; strategy < STRATEGIES; strategy++) {
        int own = strategy;
        int tasks = strategy < GREEDY ? 10_000 : rounds;
        var executor = quotas.executor(name(strategy), handed::add);
        for (int i = 0; i < tasks; i++) {
          executor.execute(() -> done[own]++);
        }
      }
      for (int round = 0; round < rounds; round++) {
        List<Runnable> now = List.copyOf(handed);
        assertThat(now).hasSizeLessThanOrEqualTo(POOL);
        handed.clear();
        now.forEach(Runnable::run);
      }
    }
    double equals = jain(GREEDY, STRATEGIES, i -> done[i]);
    double all = jain(0, STRATEGIES, i -> done[i]);
    System.out.println(FaultRun.of("F12-fairness", rounds)
        .report(
            equals < 0.9 ? 1 : 0,
            Map.of("jainOfEquals", equals, "jainOfAll", all, "greedyTasks", done[0])));
    assertThat(equals).isGreaterThanOrEqualTo(0.9);
    assertThat(all).as("ten that ask a hundred times as often").isGreaterThanOrEqualTo(0.9);
  }

  /** Jain's index: 1 where all have the same, 1/n where one has all. */
  private static double jain(int from, int to, IntUnaryOperator value) {
    double sum = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      double each = value.applyAsInt(i);
      sum += each;
      squares += each * each;
    }
    return squares == 0 ? 0 : sum * sum / ((to - from) * squares);
  }

  /** The quota check of the project that this one follows: two steps, and unlimited for those it does not know. */
  private static final class CheckThenAct {
    private final Map<String, Integer> quotas = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> workers = new ConcurrentHashMap<>();

    boolean check(String strategy) {
      Integer quota = quotas.get(strategy);
      return quota == null
          || workers.computeIfAbsent(strategy, any -> new AtomicInteger()).get() < quota;
    }

    int register(String strategy) {
      return workers.computeIfAbsent(strategy, any -> new AtomicInteger()).incrementAndGet();
    }
  }

  @Test
  void whenTheCheckAndTheTakingAreTwoSteps_thenTheScenarioSeesIt() throws Exception {
    CheckThenAct seed = new CheckThenAct();
    seed.quotas.put("a", 1);
    CyclicBarrier between = new CyclicBarrier(2);
    AtomicInteger over = new AtomicInteger();
    Runnable planted = () -> {
      if (seed.check("a")) {
        meet(between);
        if (seed.register("a") > 1) {
          over.incrementAndGet();
        }
      }
    };
    both(planted);
    assertThat(over).as("the planted race").hasValue(1);
    assertThat(seed.check("unknown")).as("the planted hole").isTrue();

    AtomicInteger granted = new AtomicInteger();
    try (StrategyQuotas quotas = quotas()) {
      quotas.register("a", Quota.workers(1));
      both(() -> {
        meet(between);
        quotas.tryAcquire("a").fold(lease -> granted.incrementAndGet(), refused -> 0);
      });
      assertThat(granted).hasValue(1);
      quotas.tryAcquire("unknown").orThrow();
      assertThat(quotas.tryAcquire("unknown")).isInstanceOf(QuotaVerdict.Refused.class);
    }
    System.out.println(FaultRun.of("F12-control", 1).report(0, Map.of("caught", over.get())));
  }

  private static void both(Runnable work) throws InterruptedException {
    Thread first = new Thread(work);
    Thread second = new Thread(work);
    first.start();
    second.start();
    first.join(30_000);
    second.join(30_000);
    assertThat(first.isAlive() || second.isAlive()).isFalse();
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
