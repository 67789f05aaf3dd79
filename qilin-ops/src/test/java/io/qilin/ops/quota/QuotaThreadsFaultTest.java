package io.qilin.ops.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.Await;
import io.qilin.testkit.fault.FaultRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Scenario F20: each thread that quotas own is interrupted and killed. It goes on or is followed by another, health says what does not
 * work, and none is left at the end. A thread dies here of the {@link ThreadDeath} that {@code Thread.stop} would throw.
 */
@Tag("fault")
@Tag("F20")
@Timeout(120)
class QuotaThreadsFaultTest {
  private static final List<String> NAMES = List.of("qilin-quota", "qilin-quota-gpu");

  private final FaultRun run = FaultRun.of("F20", 3);
  private final AtomicLong ahead = new AtomicLong();
  private final BlockingQueue<Thread> sweeps = new LinkedBlockingQueue<>(1);
  private final BlockingQueue<Thread> probes = new LinkedBlockingQueue<>(1);
  private final AtomicBoolean killSweep = new AtomicBoolean();
  private final AtomicBoolean killProbe = new AtomicBoolean();
  private final AtomicBoolean hang = new AtomicBoolean();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final Map<String, Long> figures = new TreeMap<>();

  private final ThreadMeter jvm = ThreadMeter.ofJvm();

  private StrategyQuotas quotas() {
    StrategyQuotas quotas = StrategyQuotas.builder(2, this::ticker)
        .sweepEvery(Duration.ofMillis(5))
        .gpu(this::probe)
        .build();
    quotas.register("a", Quota.builder().gpuMemoryBytes(100).build());
    return quotas;
  }

  /** Called by every step of a worker, before and outside what it catches. */
  private long ticker() {
    if (Thread.currentThread().getName().equals("qilin-quota")) {
      sweeps.offer(Thread.currentThread());
      if (killSweep.compareAndSet(true, false)) {
        throw new ThreadDeath();
      }
    }
    return System.nanoTime() + ahead.get();
  }

  private long probe(String strategy) throws InterruptedException {
    probes.offer(Thread.currentThread());
    if (killProbe.compareAndSet(true, false)) {
      throw new ThreadDeath();
    }
    if (hang.get()) {
      hanging.countDown();
      new CountDownLatch(1).await();
    }
    return 1;
  }

  private static Thread next(BlockingQueue<Thread> steps) throws InterruptedException {
    steps.clear();
    Thread thread = steps.poll(30, TimeUnit.SECONDS);
    assertThat(thread).as("a step within 30 s").isNotNull();
    return thread;
  }

  private static List<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> NAMES.contains(thread.getName()))
        .toList();
  }

  @Test
  void whenAThreadIsInterruptedOrKilled_thenItsWorkGoesOn() throws InterruptedException {
    long failures = 0;
    for (int i = 0; i < run.n(); i++) {
      try (StrategyQuotas quotas = quotas()) {
        failures += survives(sweeps, killSweep) + survives(probes, killProbe);
        Await.until("the quotas are well", () -> quotas.health().status() == HealthStatus.HEALTHY);
        assertThat(alive()).isNotEmpty().allMatch(Thread::isDaemon);
      }
    }
    System.out.println(run.report(failures, figures));
    assertThat(failures).isZero();
  }

  /** 0 if the thread outlives an interrupt and is followed by another when it dies. */
  private long survives(BlockingQueue<Thread> steps, AtomicBoolean kill)
      throws InterruptedException {
    Thread first = next(steps);
    first.interrupt();
    Thread after = next(steps);
    long died = System.nanoTime();
    kill.set(true);
    Await.until("the thread is dead", () -> !after.isAlive());
    Thread second = next(steps);
    figures.merge("restartedMicros", (System.nanoTime() - died) / 1_000, Math::max);
    return first == after && second != after ? 0 : 1;
  }

  @Test
  void whenAProbeHangs_thenHealthNamesItAndLeasesAreStillGiven() throws InterruptedException {
    try (StrategyQuotas quotas = quotas()) {
      next(probes);
      hang.set(true);
      assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
      ahead.set(Duration.ofSeconds(11).toNanos());
      Await.until("health names it", () -> quotas.health().reason().contains("qilin-quota-gpu"));
      assertThat(quotas.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
      quotas.acquire("a").close();
      next(sweeps);
    }
  }

  @Test
  void whenTheQuotasAreClosed_thenNoThreadIsLeft() throws InterruptedException {
    StrategyQuotas quotas = quotas();
    next(probes);
    hang.set(true);
    assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
    next(sweeps);
    List<Thread> before = alive();
    assertThat(before).hasSizeGreaterThanOrEqualTo(2);
    long closing = System.nanoTime();
    quotas.close();
    figures.put("closedMicros", (System.nanoTime() - closing) / 1_000);
    assertThat(alive()).isEmpty();
    System.out.println(FaultRun.of("F20-close", 1).report(0, figures));
  }

  @Test
  void whenAThreadHasNoOwner_thenTheScenarioSeesThatItIsGone() throws InterruptedException {
    AtomicBoolean kill = new AtomicBoolean();
    BlockingQueue<Thread> steps = new LinkedBlockingQueue<>(1);
    Thread planted = new Thread(() -> {
      while (true) {
        steps.offer(Thread.currentThread());
        if (kill.get()) {
          throw new ThreadDeath();
        }
      }
    });
    planted.setDaemon(true);
    planted.start();
    next(steps);
    kill.set(true);
    Await.until("the thread is dead", () -> !planted.isAlive());
    steps.clear();
    assertThat(steps.poll(200, TimeUnit.MILLISECONDS)).as("nobody goes on").isNull();
    // The JVM forgets a thread a moment after it is dead.
    Await.until("a dead thread is not counted", () -> jvm.cpuNanos(planted.getId()) < 0);
  }
}
