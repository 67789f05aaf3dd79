package io.qilin.ops.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StrategyQuotasTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final StrategyQuotas quotas = quotas(4).build();

  private StrategyQuotasBuilder quotas(int permits) {
    return StrategyQuotas.builder(permits, nanos::get).sweepEvery(Duration.ZERO);
  }

  @AfterEach
  void close() {
    quotas.close();
  }

  private QuotaUsage usage(String strategy) {
    return quotas.usage(strategy).orElseThrow();
  }

  private static QuotaLimit refusal(QuotaVerdict verdict) {
    return verdict.fold(
        lease -> {
          throw new AssertionError("granted: " + lease);
        },
        QuotaVerdict.Refused::limit);
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Waits until so many wait for leases of the strategy. */
  private void waiting(String strategy, int number) {
    Await.until(number + " wait", () -> usage(strategy).waiting() == number);
  }

  @Test
  void whenThereIsRoom_thenALeaseIsTakenAndGivenBack() {
    quotas.register("momentum", Quota.workers(2));
    try (QuotaLease lease = quotas.acquire("momentum")) {
      assertThat(lease.strategy()).isEqualTo("momentum");
      assertThat(lease.open()).isTrue();
      assertThat(lease).hasToString("QuotaLease[momentum]");
      assertThat(usage("momentum").workers()).isEqualTo(1);
    }
    assertThat(usage("momentum").workers()).isZero();
    assertThat(usage("momentum").granted()).isEqualTo(1);
    assertThat(usage("momentum").registered()).isTrue();
  }

  @Test
  void whenTheWorkersAreUsedUp_thenTheRefusalSaysSo() {
    quotas.register("momentum", Quota.workers(2));
    QuotaLease first = quotas.tryAcquire("momentum").orThrow();
    quotas.tryAcquire("momentum").orThrow();
    assertThat(refusal(quotas.tryAcquire("momentum"))).isEqualTo(QuotaLimit.WORKERS);
    assertThatThrownBy(() -> quotas.tryAcquire("momentum").orThrow())
        .isInstanceOfSatisfying(QuotaRefused.class, e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
          assertThat(e.limit()).isEqualTo(QuotaLimit.WORKERS);
          assertThat(e.retryAfter()).isPositive();
        })
        .hasMessageContaining("'momentum'")
        .hasMessageContaining("try again in 100 ms");
    assertThat(usage("momentum").refusals()).isEqualTo(2);
    first.close();
    quotas.tryAcquire("momentum").orThrow().close();
  }

  @Test
  void whenNobodyRegisteredIt_thenAStrategyHasTheDefault() {
    quotas.tryAcquire("unknown").orThrow();
    assertThat(refusal(quotas.tryAcquire("unknown"))).isEqualTo(QuotaLimit.WORKERS);
    assertThat(usage("unknown").quota()).isEqualTo(Quota.ONE_WORKER);
    assertThat(usage("unknown").registered()).isFalse();
    assertThat(quotas.usage("never seen")).isEmpty();
  }

  @Test
  void whenThePoolIsEmpty_thenNoQuotaHelps() {
    quotas.register("a", Quota.UNLIMITED);
    quotas.register("b", Quota.workers(100));
    List<QuotaLease> leases = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      leases.add(quotas.tryAcquire("a").orThrow());
    }
    assertThat(refusal(quotas.tryAcquire("b"))).isEqualTo(QuotaLimit.POOL);
    leases.get(0).close();
    leases.get(0).close();
    quotas.tryAcquire("b").orThrow();
    assertThat(refusal(quotas.tryAcquire("b"))).isEqualTo(QuotaLimit.POOL);
  }

  @Test
  void whenTheQuotaChanges_thenFromTheNextLeaseOn() {
    quotas.register("a", Quota.workers(3));
    quotas.tryAcquire("a").orThrow();
    QuotaLease second = quotas.tryAcquire("a").orThrow();
    quotas.unregister("a");
    quotas.unregister("never seen");
    assertThat(usage("a").quota()).isEqualTo(Quota.ONE_WORKER);
    assertThat(usage("a").workers()).isEqualTo(2);
    second.close();
    assertThat(refusal(quotas.tryAcquire("a"))).isEqualTo(QuotaLimit.WORKERS);
    quotas.register("a", Quota.workers(2));
    quotas.tryAcquire("a").orThrow();
  }

  @Test
  void whenNoLeaseComesInTime_thenTheWaitEnds() throws InterruptedException {
    quotas.tryAcquire("a").orThrow();
    assertThatThrownBy(() -> quotas.acquire("a", Duration.ZERO)).isInstanceOf(QuotaRefused.class);
    BlockingQueue<Object> came = new LinkedBlockingQueue<>();
    Thread waiter = waiter("a", came);
    waiting("a", 1);
    passes(MINUTE.plusSeconds(1));
    // The lease that was held is leaked by now, so the waiter gets what it waited for.
    assertThat(came.poll(30, TimeUnit.SECONDS)).isInstanceOf(QuotaLease.class);
    waiter.join(30_000);
    Thread second = waiter("a", came);
    waiting("a", 1);
    passes(Duration.ofSeconds(31));
    assertThat(came.poll(30, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            QuotaRefused.class, e -> assertThat(e.limit()).isEqualTo(QuotaLimit.WORKERS));
    second.join(30_000);
    assertThat(usage("a").waiting()).isZero();
  }

  private Thread waiter(String strategy, BlockingQueue<Object> came) {
    Thread thread = new Thread(() -> {
      try {
        came.add(quotas.acquire(strategy));
      } catch (QilinException e) {
        came.add(e);
      }
    });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void whenAWaiterIsInterrupted_thenItLeavesTheQueue() throws InterruptedException {
    QuotaLease held = quotas.tryAcquire("a").orThrow();
    BlockingQueue<Object> came = new LinkedBlockingQueue<>();
    Thread waiter = waiter("a", came);
    waiting("a", 1);
    waiter.interrupt();
    assertThat(came.poll(30, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    waiter.join(30_000);
    held.close();
    quotas.tryAcquire("a").orThrow().close();
    assertThat(usage("a").waiting()).isZero();
  }

  @Test
  void whenSeveralWait_thenTheFirstIsServedFirstAndNobodyPasses() throws InterruptedException {
    QuotaLease held = quotas.tryAcquire("a").orThrow();
    BlockingQueue<Object> first = new LinkedBlockingQueue<>();
    BlockingQueue<Object> second = new LinkedBlockingQueue<>();
    waiter("a", first);
    waiting("a", 1);
    waiter("a", second);
    waiting("a", 2);
    assertThat(refusal(quotas.tryAcquire("a"))).isEqualTo(QuotaLimit.WORKERS);
    held.close();
    QuotaLease one = (QuotaLease) first.poll(30, TimeUnit.SECONDS);
    assertThat(one).isNotNull();
    assertThat(second).isEmpty();
    one.close();
    assertThat(second.poll(30, TimeUnit.SECONDS)).isInstanceOf(QuotaLease.class);
    assertThat(usage("a").waits()).isEqualTo(2);
  }

  @Test
  void whenALeaseIsLeaked_thenItIsTakenBackAndCounted() {
    QuotaLease leaked = quotas.tryAcquire("a").orThrow();
    passes(MINUTE.minusNanos(1));
    assertThat(leaked.open()).isTrue();
    leaked.renew();
    passes(MINUTE.minusNanos(1));
    assertThat(refusal(quotas.tryAcquire("a"))).isEqualTo(QuotaLimit.WORKERS);
    passes(Duration.ofNanos(1));
    QuotaLease next = quotas.tryAcquire("a").orThrow();
    assertThat(leaked.open()).isFalse();
    assertThat(usage("a").leaks()).isEqualTo(1);
    leaked.close();
    assertThat(usage("a").workers()).isEqualTo(1);
    assertThatThrownBy(leaked::renew)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThatThrownBy(() -> leaked.run(() -> {})).hasMessageContaining("taken back");
    next.close();
  }

  @Test
  void whenATaskRuns_thenItsLeaseIsNotTakenBack() throws Exception {
    QuotaLease lease = quotas.tryAcquire("a").orThrow();
    lease.run(() -> {
      passes(MINUTE.multipliedBy(10));
      assertThat(refusal(quotas.tryAcquire("a"))).isEqualTo(QuotaLimit.WORKERS);
      assertThatThrownBy(() -> lease.run(() -> {})).hasMessageContaining("runs a task already");
      lease.close();
      assertThat(refusal(quotas.tryAcquire("a"))).isEqualTo(QuotaLimit.WORKERS);
    });
    assertThat(lease.open()).isFalse();
    assertThat(usage("a").leaks()).isZero();
    try (QuotaLease next = quotas.acquire("a")) {
      assertThat(next.<String>call(() -> "done")).isEqualTo("done");
      assertThatThrownBy(() -> next.call(() -> {
            throw new java.io.IOException("no");
          }))
          .isInstanceOf(java.io.IOException.class);
      assertThat(next.open()).isTrue();
    }
  }

  @Test
  void whenTheQuotasAreClosed_thenNobodyGetsALease() throws InterruptedException {
    QuotaLease held = quotas.tryAcquire("a").orThrow();
    BlockingQueue<Object> came = new LinkedBlockingQueue<>();
    waiter("a", came);
    waiting("a", 1);
    quotas.close();
    assertThat(came.poll(30, TimeUnit.SECONDS)).isInstanceOfSatisfying(QuotaRefused.class, e -> {
      assertThat(e.limit()).isEqualTo(QuotaLimit.CLOSED);
      assertThat(e.retryAfter()).isZero();
    });
    assertThat(refusal(quotas.tryAcquire("b"))).isEqualTo(QuotaLimit.CLOSED);
    assertThatThrownBy(() -> quotas.acquire("b")).hasMessageContaining("closed");
    assertThatCode(held::close).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u202eb", "a\ud800"})
  void whenANameIsOdd_thenItIsRefused(String name) {
    assertThatThrownBy(() -> quotas.tryAcquire(name))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    assertThatThrownBy(() -> quotas.register("x".repeat(129), Quota.UNLIMITED))
        .hasMessageContaining("128");
    quotas.tryAcquire("打板 no. 1/a").orThrow();
  }

  @Test
  void whenTooManyStrategiesAreKnown_thenIdleOnesAreForgottenAndOthersRefused() {
    try (StrategyQuotas few = quotas(9).maxStrategies(3).build()) {
      few.register("kept", Quota.UNLIMITED);
      for (int i = 0; i < 10_000; i++) {
        few.tryAcquire("flood-" + i).orThrow().close();
      }
      assertThat(few.usage()).hasSize(3).extracting(QuotaUsage::strategy).contains("kept");
      few.tryAcquire("x").orThrow();
      few.tryAcquire("y").orThrow();
      assertThat(refusal(few.tryAcquire("z"))).isEqualTo(QuotaLimit.STRATEGIES);
      assertThatThrownBy(() -> few.acquire("z")).isInstanceOf(QuotaRefused.class);
      assertThatThrownBy(() -> few.register("z", Quota.UNLIMITED))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }
  }

  @Test
  void whenAFigureIsOutOfRange_thenItIsRefused() {
    List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> wrong = List.of(
        () -> Quota.workers(0),
        () -> Quota.builder().cpuShare(0).build(),
        () -> Quota.builder().cpuShare(Double.NaN).build(),
        () -> Quota.builder().cpuShare(1.01).build(),
        () -> Quota.builder().allocationBytesPerSecond(0).build(),
        () -> Quota.builder().gpuMemoryBytes(-1).build(),
        () -> Quota.builder().weight(0).build(),
        () -> Quota.builder().weight(1_001).build(),
        () -> quotas(0),
        () -> quotas(1).queue(0),
        () -> quotas(1).cores(0),
        () -> quotas(1).maxStrategies(0),
        () -> quotas(1).leaseLife(Duration.ZERO),
        () -> quotas(1).wait(Duration.ofDays(2)),
        () -> quotas(1).sweepEvery(Duration.ofSeconds(-1)),
        () -> quotas.acquire("a", Duration.ofSeconds(-1)),
        () -> new QuotaVerdict.Refused("a", QuotaLimit.POOL, Duration.ofSeconds(-1)));
    for (var one : wrong) {
      assertThatThrownBy(one)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }
}
