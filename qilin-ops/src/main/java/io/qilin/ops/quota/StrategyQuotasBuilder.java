package io.qilin.ops.quota;

import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts quotas together; not thread-safe. */
public final class StrategyQuotasBuilder {
  /** No time here can be longer. */
  static final Duration LONGEST = Duration.ofDays(1);

  private final int permits;
  private final LongSupplier ticker;
  private Quota unregistered = Quota.ONE_WORKER;
  private Duration leaseLife = Duration.ofSeconds(60);
  private Duration wait = Duration.ofSeconds(30);
  private Duration sweep = Duration.ofSeconds(1);
  private int queue = 1_000;
  private int maxStrategies = 1_000;
  private int cores = Runtime.getRuntime().availableProcessors();
  private ThreadMeter meter = ThreadMeter.ofJvm();
  private @Nullable GpuProbe probe;
  private AlertSink sink = alert -> {};
  private Clock clock = Clock.fixed(java.time.Instant.EPOCH, ZoneOffset.UTC);

  StrategyQuotasBuilder(int permits, LongSupplier ticker) {
    this.permits = range("permits", permits, 100_000);
    this.ticker = Objects.requireNonNull(ticker, "ticker");
  }

  /** What a strategy has that nobody registered; {@link Quota#ONE_WORKER} unless set. */
  public StrategyQuotasBuilder unregistered(Quota quota) {
    unregistered = Objects.requireNonNull(quota, "quota");
    return this;
  }

  /** How long a lease may be neither closed nor renewed nor running a task; 60 s unless set, at most a day. */
  public StrategyQuotasBuilder leaseLife(Duration life) {
    leaseLife = positive("leaseLife", life);
    return this;
  }

  /** How long {@link StrategyQuotas#acquire(String)} waits; 30 s unless set, at most a day. */
  public StrategyQuotasBuilder wait(Duration time) {
    wait = positive("wait", time);
    return this;
  }

  /**
   * How often its thread looks at usage; 1 s unless set. With zero there is no thread: the host calls {@link StrategyQuotas#usage()},
   * and nobody reads graphics memory.
   */
  public StrategyQuotasBuilder sweepEvery(Duration time) {
    sweep = time.isZero() ? time : positive("sweepEvery", time);
    return this;
  }

  /** How many tasks of one strategy wait for leases at most; 1,000 unless set, at most 1,000,000. */
  public StrategyQuotasBuilder queue(int tasks) {
    queue = range("queue", tasks, 1_000_000);
    return this;
  }

  /** How many strategies are known at a time at most; 1,000 unless set, at most 100,000. */
  public StrategyQuotasBuilder maxStrategies(int strategies) {
    maxStrategies = range("maxStrategies", strategies, 100_000);
    return this;
  }

  /** How many processors {@link Quota#cpuShare} is a share of; those of the JVM unless set. */
  public StrategyQuotasBuilder cores(int processors) {
    cores = range("cores", processors, 100_000);
    return this;
  }

  /** Who tells how much graphics memory strategies hold; without it such quotas are not enforced, and health says so. */
  public StrategyQuotasBuilder gpu(GpuProbe reader) {
    probe = Objects.requireNonNull(reader, "reader");
    return this;
  }

  /** Where warnings go, at 80 % of a limit and for leaked leases; nowhere unless set. */
  public StrategyQuotasBuilder alerts(AlertSink alerts, Clock time) {
    sink = Objects.requireNonNull(alerts, "alerts");
    clock = Objects.requireNonNull(time, "time");
    return this;
  }

  /** For tests: counts that are made up. */
  StrategyQuotasBuilder meter(ThreadMeter counts) {
    meter = counts;
    return this;
  }

  /** The quotas; close them. */
  public StrategyQuotas build() {
    QuotaSettings settings = new QuotaSettings(
        permits,
        cores,
        queue,
        maxStrategies,
        leaseLife.toNanos(),
        unregistered,
        ticker,
        meter,
        probe == null ? null : new GpuMeter(probe));
    return new StrategyQuotas(settings, wait, new QuotaWarnings(sink, clock, cores), sweep);
  }

  private static int range(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw QilinException.invalid(name + " must be 1 to " + most + ", was " + value);
    }
    return value;
  }

  private static Duration positive(String name, Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(
          name + " must be more than 0 and at most " + LONGEST + ", was " + time);
    }
    return time;
  }
}
