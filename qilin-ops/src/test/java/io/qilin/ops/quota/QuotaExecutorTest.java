package io.qilin.ops.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuotaExecutorTest {
  private final AtomicLong nanos = new AtomicLong();
  private final StrategyQuotas quotas =
      StrategyQuotas.builder(4, nanos::get).sweepEvery(Duration.ZERO).queue(3).build();
  private final ArrayDeque<Runnable> handed = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void close() {
    quotas.close();
  }

  private QuotaUsage usage(String strategy) {
    return quotas.usage(strategy).orElseThrow();
  }

  @Test
  void whenTasksAreGiven_thenAsManyAsTheQuotaAllowsAreHandedOn() {
    Executor executor = quotas.executor("a", handed::add);
    executor.execute(() -> done.add("first"));
    executor.execute(() -> done.add("second"));
    assertThat(handed).hasSize(1);
    assertThat(usage("a").waiting()).isEqualTo(1);
    handed.poll().run();
    assertThat(handed).hasSize(1);
    handed.poll().run();
    assertThat(done).containsExactly("first", "second");
    assertThat(usage("a").workers()).isZero();
    assertThat(usage("a").waits()).isEqualTo(1);
  }

  @Test
  void whenTheQueueIsFull_thenTheTaskIsRefusedWithAHint() {
    Executor executor = quotas.executor("a", handed::add);
    for (int i = 0; i < 4; i++) {
      executor.execute(() -> done.add("x"));
    }
    assertThatThrownBy(() -> executor.execute(() -> done.add("y")))
        .isInstanceOfSatisfying(QuotaRefused.class, e -> {
          assertThat(e.limit()).isEqualTo(QuotaLimit.QUEUE);
          assertThat(e.retryAfter()).isPositive();
        });
    quotas.executor("b", handed::add).execute(() -> done.add("b"));
    while (!handed.isEmpty()) {
      handed.poll().run();
    }
    assertThat(done).containsExactly("x", "b", "x", "x", "x");
  }

  @Test
  void whenATaskThrows_thenItsLeaseGoesToTheNext() {
    Executor executor = quotas.executor("a", handed::add);
    executor.execute(() -> {
      throw new ArithmeticException("as a strategy does");
    });
    executor.execute(() -> done.add("next"));
    assertThatThrownBy(() -> handed.poll().run()).isInstanceOf(ArithmeticException.class);
    handed.poll().run();
    assertThat(done).containsExactly("next");
    assertThat(usage("a").workers()).isZero();
  }

  @Test
  void whenTheExecutorBehindRefuses_thenTheCallerHearsIt() {
    Executor full = task -> {
      throw new RejectedExecutionException("full");
    };
    assertThatThrownBy(() -> quotas.executor("a", full).execute(() -> done.add("x")))
        .isInstanceOfSatisfying(
            QuotaRefused.class, e -> assertThat(e.limit()).isEqualTo(QuotaLimit.EXECUTOR));
    assertThat(usage("a").workers()).isZero();
    assertThat(usage("a").refusals()).isEqualTo(1);
  }

  @Test
  void whenTheExecutorBehindRefusesLater_thenAFutureIsCancelledAndTheNextIsServed() {
    AtomicInteger calls = new AtomicInteger();
    Executor flaky = task -> {
      if (calls.incrementAndGet() == 2) {
        throw new RejectedExecutionException("full");
      }
      handed.add(task);
    };
    Executor executor = quotas.executor("a", flaky);
    FutureTask<String> lost = new FutureTask<>(() -> "never");
    executor.execute(() -> done.add("first"));
    executor.execute(lost);
    executor.execute(() -> done.add("third"));
    handed.poll().run();
    assertThat(lost).isCancelled();
    handed.poll().run();
    assertThat(done).containsExactly("first", "third");
    assertThat(usage("a").workers()).isZero();
  }

  @Test
  void whenTheExecutorRunsTasksOnTheCallersThread_thenTheStackDoesNotGrow() {
    int n = 20_000;
    AtomicInteger ran = new AtomicInteger();
    try (StrategyQuotas many =
        StrategyQuotas.builder(1, nanos::get).sweepEvery(Duration.ZERO).queue(n).build()) {
      Executor executor = many.executor("a", Runnable::run);
      QuotaLease held = many.acquire("a");
      for (int i = 0; i < n; i++) {
        executor.execute(ran::incrementAndGet);
      }
      assertThat(ran).hasValue(0);
      held.close();
      assertThat(ran).hasValue(n);
    }
  }

  @Test
  void whenATaskOnTheCallersThreadThrows_thenWhoMadeRoomIsNotHarmed() {
    List<Throwable> uncaught = new ArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
    try {
      QuotaLease held = quotas.acquire("a");
      Executor executor = quotas.executor("a", Runnable::run);
      executor.execute(() -> {
        throw new ArithmeticException("as a strategy does");
      });
      executor.execute(() -> done.add("next"));
      held.close();
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).singleElement().isInstanceOf(ArithmeticException.class);
    assertThat(done).containsExactly("next");
  }

  @Test
  void whenATaskLiesInTheExecutorForLong_thenItWaitsOnceMoreAndRuns() {
    Executor executor = quotas.executor("a", handed::add);
    executor.execute(() -> done.add("late"));
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    QuotaLease other = quotas.tryAcquire("a").orThrow();
    handed.poll().run();
    assertThat(done).isEmpty();
    other.close();
    handed.poll().run();
    assertThat(done).containsExactly("late");
    assertThat(usage("a").leaks()).isEqualTo(1);
  }

  @Test
  void whenTheQuotasAreClosed_thenWaitingTasksAreCancelled() {
    Executor executor = quotas.executor("a", handed::add);
    FutureTask<String> waits = new FutureTask<>(() -> "never");
    executor.execute(() -> done.add("works"));
    executor.execute(waits);
    quotas.close();
    assertThat(waits).isCancelled();
    assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(QuotaRefused.class);
    handed.poll().run();
    assertThat(done).containsExactly("works");
    assertThat(handed).isEmpty();
  }

  /** A future whose owner throws when it is told of the end. */
  private static FutureTask<String> bad() {
    return new FutureTask<>(() -> "never") {
      @Override
      protected void done() {
        throw new UnsupportedOperationException("as a host does");
      }
    };
  }

  @Test
  void whenTheOwnerOfATaskThrowsWhenToldOfTheEnd_thenTheOthersAreToldToo() {
    Executor executor = quotas.executor("a", handed::add);
    FutureTask<String> good = new FutureTask<>(() -> "never");
    executor.execute(() -> {});
    executor.execute(bad());
    executor.execute(good);
    quotas.close();
    assertThat(good).isCancelled();
  }

  @Test
  void whenTheOwnerOfARefusedTaskThrows_thenWhoMadeRoomIsNotHarmed() {
    AtomicInteger calls = new AtomicInteger();
    Executor executor = quotas.executor("a", task -> {
      if (calls.incrementAndGet() == 1) {
        throw new RejectedExecutionException("full");
      }
      handed.add(task);
    });
    QuotaLease held = quotas.acquire("a");
    executor.execute(bad());
    executor.execute(() -> done.add("next"));
    held.close();
    handed.poll().run();
    assertThat(done).containsExactly("next");
  }

  @Test
  void whenALeaseIsTakenBackAsItsTaskBegins_thenTheTaskIsNotLost() {
    AtomicBoolean late = new AtomicBoolean(true);
    AtomicReference<StrategyQuotas> self = new AtomicReference<>();
    ThreadMeter slow = new ThreadMeter() {
      @Override
      public long cpuNanos(long threadId) {
        if (late.getAndSet(false)) {
          nanos.addAndGet(Duration.ofSeconds(61).toNanos());
          self.get().usage();
        }
        return 0;
      }

      @Override
      public long allocatedBytes(long threadId) {
        return 0;
      }

      @Override
      public boolean countsCpu() {
        return true;
      }

      @Override
      public boolean countsAllocation() {
        return true;
      }
    };
    try (StrategyQuotas own = StrategyQuotas.builder(1, nanos::get)
        .sweepEvery(Duration.ZERO)
        .meter(slow)
        .build()) {
      self.set(own);
      own.executor("a", handed::add).execute(() -> done.add("late"));
      handed.poll().run();
      assertThat(done).isEmpty();
      handed.poll().run();
      assertThat(done).containsExactly("late");
      assertThat(own.usage("a").orElseThrow().leaks()).isEqualTo(1);
    }
  }

  @Test
  void whenAStrategyWasForgottenMeanwhile_thenItsLateTaskCountsAgainstItsNewLeases() {
    try (StrategyQuotas few = StrategyQuotas.builder(4, nanos::get)
        .sweepEvery(Duration.ZERO)
        .maxStrategies(1)
        .build()) {
      few.executor("a", handed::add).execute(() -> done.add("late"));
      nanos.addAndGet(Duration.ofSeconds(61).toNanos());
      few.tryAcquire("b").orThrow().close();
      QuotaLease other = few.tryAcquire("a").orThrow();
      handed.poll().run();
      assertThat(handed).as("a has its one worker").isEmpty();
      other.close();
      handed.poll().run();
      assertThat(done).containsExactly("late");
    }
  }

  @Test
  void whenThereIsNoRoomForALateTasksStrategy_thenItsFutureIsCancelled() {
    try (StrategyQuotas few = StrategyQuotas.builder(4, nanos::get)
        .sweepEvery(Duration.ZERO)
        .maxStrategies(1)
        .build()) {
      FutureTask<String> late = new FutureTask<>(() -> "never");
      few.executor("a", handed::add).execute(late);
      nanos.addAndGet(Duration.ofSeconds(61).toNanos());
      QuotaLease other = few.tryAcquire("b").orThrow();
      handed.poll().run();
      assertThat(late).isCancelled();
      other.close();
    }
  }

  @Test
  void whenAnExecutorRefusesATaskAndRunsItAllTheSame_thenItDoesNotRun() {
    Executor executor = quotas.executor("a", task -> {
      handed.add(task);
      throw new RejectedExecutionException("and yet it is in the queue");
    });
    assertThatThrownBy(() -> executor.execute(() -> done.add("x")))
        .isInstanceOf(QuotaRefused.class);
    handed.poll().run();
    assertThat(handed).isEmpty();
    assertThat(done).isEmpty();
    assertThat(usage("a").waiting()).isZero();
  }
}
