package io.qilin.ops.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.RecordingAlertSink;
import io.qilin.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tasks use, by counts that are made up, and once by the JVM's. */
@Timeout(60)
class QuotaMeterTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong(7);
  private final AtomicLong cpu = new AtomicLong();
  private final AtomicLong allocated = new AtomicLong();
  private final AtomicReference<GpuProbe> probe = new AtomicReference<>(strategy -> 0);
  private final RecordingAlertSink alerts = new RecordingAlertSink();
  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private boolean counts = true;

  private final ThreadMeter meter = new ThreadMeter() {
    @Override
    public long cpuNanos(long threadId) {
      return counts ? cpu.get() : -1;
    }

    @Override
    public long allocatedBytes(long threadId) {
      return counts ? allocated.get() : -1;
    }

    @Override
    public boolean countsCpu() {
      return counts;
    }

    @Override
    public boolean countsAllocation() {
      return counts;
    }
  };

  private final StrategyQuotas quotas = StrategyQuotas.builder(8, nanos::get)
      .sweepEvery(Duration.ZERO)
      .cores(4)
      .meter(meter)
      .gpu(strategy -> probe.get().usedBytes(strategy))
      .alerts(alerts, clock)
      .build();

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private QuotaUsage usage() {
    return quotas.usage("a").orElseThrow();
  }

  /** A task that takes so long and uses so much of one processor. */
  private void works(Duration time, double share) {
    try (QuotaLease lease = quotas.tryAcquire("a").orThrow()) {
      lease.run(() -> {
        cpu.addAndGet((long) (share * time.toNanos()));
        passes(time);
      });
    }
  }

  @Test
  void whenTheShareOfTheProcessorsIsUsedUp_thenNoLeaseUntilTheWindowAllows() {
    // A quarter of four processors is one: ten seconds of processor time in ten.
    quotas.register("a", Quota.builder().cpuShare(0.25).build());
    works(Duration.ofSeconds(5), 1);
    assertThat(usage().cpuShare()).isEqualTo(0.125, Offset.offset(1e-9));
    works(Duration.ofMillis(2_500), 2);
    QuotaVerdict verdict = quotas.tryAcquire("a");
    Duration retryAfter = verdict.fold(lease -> Duration.ZERO, refused -> {
      assertThat(refused.limit()).isEqualTo(QuotaLimit.CPU);
      return refused.retryAfter();
    });
    assertThat(retryAfter).isBetween(Duration.ofMillis(1), WINDOW);
    passes(retryAfter.minusMillis(2));
    assertThat(quotas.tryAcquire("a")).isInstanceOf(QuotaVerdict.Refused.class);
    passes(Duration.ofMillis(2));
    quotas.tryAcquire("a").orThrow().close();
  }

  @Test
  void whenATaskRunsForLong_thenWhatItUsesCountsBeforeItEnds() {
    quotas.register("a", Quota.builder().cpuShare(0.25).build());
    QuotaLease lease = quotas.tryAcquire("a").orThrow();
    lease.run(() -> {
      cpu.addAndGet(Duration.ofSeconds(12).toNanos());
      passes(Duration.ofSeconds(6));
      assertThat(quotas.tryAcquire("a"))
          .isInstanceOfSatisfying(
              QuotaVerdict.Refused.class,
              refused -> assertThat(refused.limit()).isEqualTo(QuotaLimit.CPU));
      assertThat(usage().cpuShare()).isEqualTo(0.3, Offset.offset(1e-9));
    });
    assertThat(usage().cpuShare()).isEqualTo(0.3, Offset.offset(1e-9));
    passes(WINDOW.plusSeconds(1));
    assertThat(usage().cpuShare()).isZero();
  }

  @Test
  void whenTooMuchIsAllocated_thenNoLeaseUntilTheWindowAllows() {
    quotas.register("a", Quota.builder().allocationBytesPerSecond(1_000).build());
    try (QuotaLease lease = quotas.tryAcquire("a").orThrow()) {
      lease.run(() -> allocated.addAndGet(10_000));
    }
    assertThat(usage().allocationBytesPerSecond()).isEqualTo(1_000, Offset.offset(1e-9));
    assertThat(quotas.tryAcquire("a"))
        .isInstanceOfSatisfying(
            QuotaVerdict.Refused.class,
            refused -> assertThat(refused.limit()).isEqualTo(QuotaLimit.ALLOCATION));
    passes(WINDOW);
    quotas.tryAcquire("a").orThrow().close();
  }

  @Test
  void whenTheJvmDoesNotCount_thenTheQuotaIsNotEnforcedAndHealthSaysSo() {
    counts = false;
    quotas.register("a", Quota.builder().cpuShare(0.25).build());
    works(Duration.ofSeconds(50), 4);
    quotas.tryAcquire("a").orThrow().close();
    assertThat(quotas.health().status()).isEqualTo(HealthStatus.DEGRADED);
    quotas.register("a", Quota.builder().allocationBytesPerSecond(1).build());
    assertThat(quotas.health().reason()).contains("allocate");
    quotas.register("a", Quota.UNLIMITED);
    assertThat(quotas.health().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void whenTheGraphicsMemoryIsUsedUp_thenNoLeaseUntilTheProbeSaysOtherwise() throws Exception {
    quotas.register("a", Quota.builder().gpuMemoryBytes(100).build());
    assertThat(quotas.health().reason()).contains("has not answered");
    quotas.tryAcquire("a").orThrow().close();
    probe.set(strategy -> 100);
    quotas.askGpu(Duration.ZERO);
    assertThat(quotas.health().status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(quotas.tryAcquire("a"))
        .isInstanceOfSatisfying(QuotaVerdict.Refused.class, refused -> {
          assertThat(refused.limit()).isEqualTo(QuotaLimit.GPU_MEMORY);
          assertThat(refused.retryAfter()).isPositive();
        });
    assertThat(usage().gpuMemoryBytes()).hasValue(100);
    probe.set(strategy -> 99);
    quotas.askGpu(Duration.ZERO);
    quotas.tryAcquire("a").orThrow().close();
  }

  @Test
  void whenTheProbeFails_thenTheQuotaIsNotEnforcedAndHealthIsDegraded() throws Exception {
    quotas.register("a", Quota.builder().gpuMemoryBytes(100).build());
    probe.set(strategy -> 100);
    quotas.askGpu(Duration.ZERO);
    passes(Duration.ofSeconds(11));
    quotas.tryAcquire("a").orThrow().close();
    assertThat(quotas.health().status()).isEqualTo(HealthStatus.DEGRADED);
    for (GpuProbe broken : new GpuProbe[] {
      strategy -> -1,
      strategy -> {
        throw new java.io.IOException("password=hunter2");
      },
      strategy -> {
        throw new NoClassDefFoundError("nvml");
      }
    }) {
      probe.set(broken);
      quotas.askGpu(Duration.ZERO);
      quotas.tryAcquire("a").orThrow().close();
      assertThat(quotas.health().status()).isEqualTo(HealthStatus.DEGRADED);
      assertThat(quotas.health().reason()).contains("'a'").doesNotContain("hunter2");
    }
    probe.set(strategy -> 100);
    quotas.askGpu(Duration.ZERO);
    assertThat(quotas.tryAcquire("a")).isInstanceOf(QuotaVerdict.Refused.class);
  }

  @Test
  void whenALimitIsNear_thenThereIsOneWarningForEachCrossing() {
    quotas.register("a", Quota.workers(1));
    QuotaLease held = quotas.tryAcquire("a").orThrow();
    passes(Duration.ofMillis(8_100));
    quotas.usage();
    quotas.usage();
    assertThat(alerts.alerts()).singleElement().satisfies(alert -> {
      assertThat(alert.at()).isEqualTo(clock.instant());
      assertThat(alert.source()).isEqualTo("quota");
      assertThat(alert.severity()).isEqualTo(Severity.WARNING);
      assertThat(alert.message()).contains("'a'").contains("workers").contains("81 %");
      assertThat(alert.figures())
          .containsEntry("used", new BigDecimal("0.8100"))
          .containsEntry("quota", new BigDecimal("1.0000"));
    });
    held.close();
    passes(Duration.ofMillis(2_400));
    quotas.usage();
    held = quotas.tryAcquire("a").orThrow();
    passes(Duration.ofMillis(500));
    quotas.usage();
    assertThat(alerts.alerts()).as("75 % is neither calm nor new").hasSize(1);
    held.close();
    passes(Duration.ofSeconds(3));
    quotas.usage();
    held = quotas.tryAcquire("a").orThrow();
    passes(WINDOW);
    quotas.usage();
    assertThat(alerts.alerts()).hasSize(2);
    held.close();
  }

  @Test
  void whenEachKindOfLimitIsNear_thenEachWarns() throws Exception {
    quotas.register(
        "a",
        Quota.builder()
            .cpuShare(0.5)
            .allocationBytesPerSecond(1_000)
            .gpuMemoryBytes(100)
            .build());
    probe.set(strategy -> 85);
    quotas.askGpu(Duration.ZERO);
    try (QuotaLease lease = quotas.tryAcquire("a").orThrow()) {
      lease.run(() -> {
        cpu.addAndGet(Duration.ofSeconds(18).toNanos());
        allocated.addAndGet(9_000);
        passes(Duration.ofSeconds(9));
      });
    }
    quotas.usage();
    assertThat(alerts.alerts())
        .extracting(Alert::message)
        .hasSize(3)
        .anySatisfy(message -> assertThat(message).contains("85 %").contains("graphics memory"));
  }

  @Test
  void whenALeaseLeaks_thenTheStrategyIsNamedOnce() {
    quotas.tryAcquire("a").orThrow();
    passes(Duration.ofSeconds(60));
    quotas.usage();
    quotas.usage();
    assertThat(alerts.alerts())
        .filteredOn(alert -> alert.message().contains("leaked"))
        .singleElement()
        .satisfies(alert -> assertThat(alert.message()).contains("'a'"));
  }

  @Test
  void whenTheSinkThrows_thenUsageIsTold() {
    try (StrategyQuotas loud = StrategyQuotas.builder(1, nanos::get)
        .sweepEvery(Duration.ZERO)
        .alerts(
            alert -> {
              throw new UnsupportedOperationException("no network");
            },
            clock)
        .build()) {
      loud.tryAcquire("a").orThrow();
      passes(Duration.ofMinutes(2));
      assertThat(loud.usage())
          .singleElement()
          .satisfies(usage -> assertThat(usage.leaks()).isEqualTo(1));
    }
  }

  @Test
  void whenTheJvmCounts_thenWorkIsCharged() {
    try (StrategyQuotas real =
            StrategyQuotas.builder(1, nanos::get).sweepEvery(Duration.ZERO).build();
        QuotaLease lease = real.acquire("a")) {
      AtomicLong sum = new AtomicLong();
      lease.run(() -> {
        for (int i = 0; i < 200_000; i++) {
          sum.addAndGet(Long.toString(i).hashCode());
        }
      });
      QuotaUsage usage = real.usage("a").orElseThrow();
      ThreadMeter jvm = ThreadMeter.ofJvm();
      assertThat(usage.cpuShare() > 0).isEqualTo(jvm.countsCpu());
      assertThat(usage.allocationBytesPerSecond() > 100_000).isEqualTo(jvm.countsAllocation());
    }
  }

  @Test
  void whenTheProbeIsSlow_thenEachAnswerCountsAsSoonAsItIsThere() throws Exception {
    Quota quota = Quota.builder().gpuMemoryBytes(100).build();
    quotas.register("a", quota);
    quotas.register("b", quota);
    probe.set(strategy -> {
      if (strategy.equals("b")) {
        assertThat(usage().gpuMemoryBytes()).as("of a").hasValue(100);
      }
      return 100;
    });
    quotas.askGpu(Duration.ZERO);
    assertThat(quotas.health().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void whenTheSinkFailsWithAnError_thenUsageIsTold() {
    try (StrategyQuotas loud = StrategyQuotas.builder(1, nanos::get)
        .sweepEvery(Duration.ZERO)
        .alerts(
            alert -> {
              throw new AssertionError("a sink with assertions");
            },
            clock)
        .build()) {
      loud.tryAcquire("a").orThrow();
      passes(Duration.ofMinutes(2));
      assertThat(loud.usage()).hasSize(1);
    }
  }
}
