package io.qilin.mlops.job;

import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.Await;
import io.qilin.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Services on one store, with threads of their own, and with time that the test moves or that of the machine. */
final class JobBench implements AutoCloseable {
  static final JobSettings QUICK =
      JobSettings.DEFAULT.withRound(Duration.ofMillis(4)).withGrace(Duration.ofMillis(20));

  final SettableClock clock = SettableClock.at("2024-01-02T15:00:00+08:00");
  final AtomicLong nanos = new AtomicLong();
  /** That of the first service; each other one has its own, as another process has. */
  final Database database;

  private final TestStore store;
  final ExecutorService threads = Executors.newCachedThreadPool(JobBench::daemon);
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, JobBench::daemon);
  private final List<JobService> services = new ArrayList<>();

  JobBench(StoreKind kind, Path folder) {
    store = kind.open(folder);
    database = store.database();
  }

  /** A service that looks after its jobs by itself, in the machine's time. */
  JobService live(UnaryOperator<JobService.Builder> bodies) {
    return add(bodies
        .apply(JobService.builder(
                next(), clock, System::nanoTime, new JobThreads(threads, threads, timer))
            .settings(QUICK))
        .open());
  }

  /** A service that does a round when the test asks for one, in the test's time. */
  JobService manual(UnaryOperator<JobService.Builder> bodies) {
    return add(bodies
        .apply(JobService.builder(
                next(), clock, nanos::get, new JobThreads(threads, threads, new ManualRounds()))
            .settings(QUICK))
        .open());
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Does rounds until something is so. */
  static void roundsUntil(JobService service, BooleanSupplier so) {
    Await.until("rounds bring it about", () -> {
      boolean done = so.getAsBoolean();
      if (!done) {
        service.round();
      }
      return done;
    });
  }

  private Database next() {
    return services.isEmpty() ? database : store.another();
  }

  private JobService add(JobService service) {
    services.add(service);
    return service;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "test-jobs");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    services.forEach(JobService::close);
    timer.shutdownNow();
    threads.shutdownNow();
    store.close();
  }
}
