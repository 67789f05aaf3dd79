package io.qilin.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final List<Worker> workers = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final BlockingQueue<Thread> steps = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    workers.forEach(Worker::close);
  }

  private Worker start(WorkerStep step) {
    Worker worker = Worker.start(
        "qilin-test",
        () -> {
          steps.add(Thread.currentThread());
          return step.run();
        },
        nanos::get,
        Duration.ofSeconds(10));
    workers.add(worker);
    return worker;
  }

  private Thread nextStep() throws InterruptedException {
    Thread thread = steps.poll(30, TimeUnit.SECONDS);
    assertThat(thread).as("a step within 30 s").isNotNull();
    return thread;
  }

  @Test
  void whenStarted_thenOneStepFollowsAnotherOnADaemonThread() throws InterruptedException {
    Worker worker = start(() -> Duration.ZERO);
    Thread first = nextStep();
    assertThat(first.isDaemon()).isTrue();
    assertThat(first.getName()).isEqualTo("qilin-test");
    assertThat(nextStep()).isSameAs(first);
    worker.close();
    assertThat(first.isAlive()).isFalse();
    assertThat(worker.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(worker.health().reason()).contains("closed");
  }

  @Test
  void whenWoken_thenItDoesNotWait() throws InterruptedException {
    Worker worker = start(() -> LONG);
    nextStep();
    worker.wake();
    nextStep();
  }

  @Test
  void whenAStepFails_thenItIsTriedAgainAndHealthSaysSo() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch mended = new CountDownLatch(1);
    Worker worker = start(() -> {
      int run = runs.incrementAndGet();
      if (run == 1) {
        throw new QilinException(io.qilin.api.error.ErrorCode.IO, "no such folder");
      }
      if (run == 2) {
        throw new StackOverflowError();
      }
      mended.await();
      return LONG;
    });
    nextStep();
    nextStep();
    nextStep();
    assertThat(worker.status().failures()).isEqualTo(2);
    assertThat(worker.health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(worker.health().reason()).contains("StackOverflowError");
    mended.countDown();
    Await.until("a step went well", () -> worker.status().steps() > 0);
    assertThat(worker.health().status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(worker.health().facts()).containsEntry("failures", "2");
  }

  @Test
  void whenTheThreadIsInterrupted_thenTheWorkGoesOn() throws InterruptedException {
    start(() -> {
      new CountDownLatch(1).await();
      return LONG;
    });
    Thread thread = nextStep();
    thread.interrupt();
    assertThat(nextStep()).isSameAs(thread);
  }

  @Test
  void whenTheThreadDies_thenAnotherFollows() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    Worker worker = start(() -> {
      if (runs.incrementAndGet() == 1) {
        throw new ThreadDeath();
      }
      return LONG;
    });
    Thread first = nextStep();
    Thread second = nextStep();
    assertThat(second).isNotSameAs(first);
    assertThat(worker.status().restarts()).isEqualTo(1);
    assertThat(worker.status().alive()).isTrue();
  }

  @Test
  void whenAStepHangs_thenHealthNamesIt() throws InterruptedException {
    Worker worker = start(() -> {
      new CountDownLatch(1).await();
      return LONG;
    });
    nextStep();
    assertThat(worker.health().status()).isEqualTo(HealthStatus.HEALTHY);
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(worker.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(worker.health().reason()).contains("qilin-test").contains("one step");
  }

  @Test
  void whenClosedFromItsOwnStep_thenItEnds() throws InterruptedException {
    BlockingQueue<Worker> self = new LinkedBlockingQueue<>();
    Worker worker = start(() -> {
      self.take().close();
      return Duration.ZERO;
    });
    self.add(worker);
    Thread thread = nextStep();
    thread.join(30_000);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void whenTheLongestStepIsNotPositive_thenItIsRefused() {
    assertThatThrownBy(() -> Worker.start("x", () -> LONG, nanos::get, Duration.ZERO))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("longestStep");
  }

  @Test
  void whenWokenWhileAFailedStepWaits_thenThePauseIsNotShorter() throws InterruptedException {
    BlockingQueue<Worker> self = new LinkedBlockingQueue<>();
    List<Long> begins = new CopyOnWriteArrayList<>();
    Worker worker = start(() -> {
      begins.add(System.nanoTime());
      Worker own = self.take();
      self.add(own);
      own.wake();
      throw new QilinException(io.qilin.api.error.ErrorCode.IO, "no such folder");
    });
    self.add(worker);
    nextStep();
    Await.until("a third step", () -> {
      worker.wake();
      return begins.size() > 2;
    });
    // By the worker's own thread, and no pause ends early: this bound holds on any machine; 1 ms is
    // for the rounding of clocks.
    assertThat(begins.get(2) - begins.get(0)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(299));
  }

  @Test
  void whenAStepGivesNoPause_thenThatIsAFailureAndNoStep() throws InterruptedException {
    Worker worker = start(WorkerTest::nothing);
    nextStep();
    nextStep();
    assertThat(worker.status().steps()).isZero();
    assertThat(worker.status().failures()).isPositive();
    assertThat(worker.status().restarts()).isZero();
  }

  @SuppressWarnings("NullAway")
  private static Duration nothing() {
    return null;
  }

  @Test
  void whenAPauseIsEndless_thenTheThreadWaitsUntilItIsWoken() throws InterruptedException {
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    Worker worker = Worker.start(
        "qilin-endless",
        () -> {
          steps.add(Thread.currentThread());
          return endless;
        },
        nanos::get,
        endless);
    workers.add(worker);
    Thread first = nextStep();
    worker.wake();
    assertThat(nextStep()).isSameAs(first);
    assertThat(worker.status().restarts()).isZero();
    assertThat(worker.health().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void whenAStepThrowsWhatIsNotQilins_thenHealthTellsOnlyTheClass() throws InterruptedException {
    Worker worker = start(() -> {
      throw new IllegalStateException("jdbc said hunter2");
    });
    nextStep();
    Await.until("the step failed", () -> worker.status().failures() > 0);
    assertThat(worker.health().reason())
        .isEqualTo("qilin-test failed: IllegalStateException")
        .doesNotContain("hunter2");
  }

  @Test
  void whenAStepKillsItsThread_thenItIsDegradedUntilOneGoesWell() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch mended = new CountDownLatch(1);
    Worker worker = start(() -> {
      if (runs.incrementAndGet() == 1) {
        throw new ThreadDeath();
      }
      mended.await();
      return LONG;
    });
    nextStep();
    nextStep();
    assertThat(worker.health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(worker.health().reason()).contains("thread ended");
    assertThat(worker.status().failures()).isEqualTo(1);
    mended.countDown();
    Await.until("a step went well", () -> worker.status().steps() > 0);
    assertThat(worker.health().status()).isEqualTo(HealthStatus.HEALTHY);
  }
}
