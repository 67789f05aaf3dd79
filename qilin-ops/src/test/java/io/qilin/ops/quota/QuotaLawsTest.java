package io.qilin.ops.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QuotaLawsTest {
  private record Use(long from, long to, long amount) {}

  @Property(tries = 300)
  void whenSpreadOverTime_thenTheWindowHoldsWhatFellIntoIt(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int uses) {
    Random random = new Random(seed);
    long origin = random.nextLong() >> 2;
    SlidingSum sum = new SlidingSum(origin);
    List<Use> all = new ArrayList<>();
    long now = origin;
    for (int i = 0; i < uses; i++) {
      long from = now;
      now += (long) (random.nextDouble() * random.nextInt(15) * 1e9);
      long amount = random.nextInt(1_000_000_000);
      sum.add(from, now, amount);
      all.add(new Use(from, now, amount));
    }
    now += (long) (random.nextDouble() * 3e9);
    // The oldest slot that counts.
    long start = origin + ((now - origin) / 500_000_000L - 19) * 500_000_000L;
    double expected = 0;
    for (Use use : all) {
      double whole = use.to() - use.from();
      double inside = use.to() - Math.max(use.from(), start);
      if (use.to() >= start) {
        expected += whole == 0 ? use.amount() : use.amount() * inside / whole;
      }
    }
    assertThat((double) sum.sum(now)).isEqualTo(expected, Offset.offset(uses + expected * 1e-9));
    long limit = 1 + random.nextInt(1_000_000_000);
    long wait = sum.untilLess(limit, now);
    assertThat(sum.sum(now + wait)).isLessThan(limit);
    assertThat(wait).isBetween(0L, SlidingSum.WINDOW_NANOS);
  }

  @Property(tries = 200)
  void whenStrategiesAskInAnyOrder_thenNoneIsOverItsQuotaAndNoPermitIsLost(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int permits) {
    Random random = new Random(seed);
    AtomicLong nanos = new AtomicLong(random.nextLong() >> 2);
    int strategies = 1 + random.nextInt(6);
    int[] quota = new int[strategies];
    ArrayDeque<Runnable> handed = new ArrayDeque<>();
    try (StrategyQuotas quotas = StrategyQuotas.builder(permits, nanos::get)
        .sweepEvery(Duration.ZERO)
        .queue(20)
        .build()) {
      for (int i = 0; i < strategies; i++) {
        quota[i] = 1 + random.nextInt(4);
        quotas.register(
            "s" + i,
            Quota.builder().maxWorkers(quota[i]).weight(1 + random.nextInt(5)).build());
      }
      List<QuotaLease> leases = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        String strategy = "s" + random.nextInt(strategies);
        switch (random.nextInt(5)) {
          case 0 -> quotas.tryAcquire(strategy).fold(leases::add, refused -> false);
          case 1 -> {
            if (!leases.isEmpty()) {
              leases.remove(random.nextInt(leases.size())).close();
            }
          }
          case 2 -> submit(quotas.executor(strategy, handed::add));
          case 3 -> {
            if (!handed.isEmpty()) {
              handed.poll().run();
            }
          }
          default -> nanos.addAndGet(random.nextInt(1_000_000_000));
        }
        int held = 0;
        for (QuotaUsage usage : quotas.usage()) {
          assertThat(usage.workers())
              .isBetween(0, quota[Integer.parseInt(usage.strategy().substring(1))]);
          held += usage.workers();
        }
        assertThat(held).isLessThanOrEqualTo(permits);
      }
      leases.forEach(QuotaLease::close);
      while (!handed.isEmpty()) {
        handed.poll().run();
      }
      assertThat(quotas.usage()).allSatisfy(usage -> {
        assertThat(usage.workers()).isZero();
        assertThat(usage.waiting()).isZero();
      });
    }
  }

  private static void submit(Executor executor) {
    try {
      executor.execute(() -> {});
    } catch (QuotaRefused full) {
      assertThat(full.limit()).isEqualTo(QuotaLimit.QUEUE);
    }
  }

  /** How many tasks of each strategy ran in so many rounds, in each of which all that were handed on end. */
  private static Map<String, Integer> rounds(
      int permits, int rounds, Map<String, Quota> quotas, int backlog) {
    ArrayDeque<Runnable> handed = new ArrayDeque<>();
    Map<String, Integer> ran = new TreeMap<>();
    AtomicLong nanos = new AtomicLong();
    try (StrategyQuotas all = StrategyQuotas.builder(permits, nanos::get)
        .sweepEvery(Duration.ZERO)
        .queue(backlog)
        .build()) {
      quotas.forEach(all::register);
      Map<String, Executor> executors = new HashMap<>();
      quotas.keySet().forEach(name -> executors.put(name, all.executor(name, handed::add)));
      List<QuotaLease> held = new ArrayList<>();
      for (int i = 0; i < permits; i++) {
        held.add(all.acquire("holder-" + i));
      }
      executors.forEach((name, executor) -> {
        for (int i = 0; i < backlog; i++) {
          executor.execute(() -> ran.merge(name, 1, Integer::sum));
        }
      });
      held.forEach(QuotaLease::close);
      for (int round = 0; round < rounds; round++) {
        List<Runnable> now = List.copyOf(handed);
        handed.clear();
        now.forEach(Runnable::run);
      }
    }
    return ran;
  }

  @Test
  void whenWeightsDiffer_thenSoDoesTheWorkThatIsDone() {
    Map<String, Quota> three = Map.of(
        "one", Quota.builder().weight(1).build(),
        "two", Quota.builder().weight(2).build(),
        "five", Quota.builder().weight(5).build());
    for (int permits : new int[] {1, 3, 8}) {
      Map<String, Integer> ran = rounds(permits, 800 / permits, three, 900);
      int total = ran.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(ran.get("one") / (double) total).isEqualTo(1 / 8.0, Offset.offset(0.01));
      assertThat(ran.get("two") / (double) total).isEqualTo(2 / 8.0, Offset.offset(0.01));
      assertThat(ran.get("five") / (double) total).isEqualTo(5 / 8.0, Offset.offset(0.01));
    }
  }

  @Test
  void whenAStrategyHoldsALotForLong_thenTheOthersShareTheRest() {
    AtomicLong nanos = new AtomicLong();
    ArrayDeque<Runnable> handed = new ArrayDeque<>();
    List<String> order = new ArrayList<>();
    try (StrategyQuotas quotas =
        StrategyQuotas.builder(4, nanos::get).sweepEvery(Duration.ZERO).build()) {
      quotas.register("greedy", Quota.UNLIMITED);
      List<QuotaLease> held = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        held.add(quotas.acquire("greedy"));
      }
      Executor greedy = quotas.executor("greedy", handed::add);
      Executor modest = quotas.executor("modest", handed::add);
      for (int i = 0; i < 3; i++) {
        greedy.execute(() -> order.add("greedy"));
      }
      modest.execute(() -> order.add("modest"));
      held.get(0).close();
      handed.poll().run();
      assertThat(order).containsExactly("modest");
      assertThat(handed).as("nobody else wants the permit").hasSize(1);
    }
  }
}
