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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
}
