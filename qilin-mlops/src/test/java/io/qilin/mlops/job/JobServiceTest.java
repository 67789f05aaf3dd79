package io.qilin.mlops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.store.StoreKind;
import io.qilin.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobServiceTest {
  private JobBench bench;

  @BeforeEach
  void open(@TempDir Path folder) {
    bench = new JobBench(kind(), folder);
  }

  /** Where the jobs are. */
  StoreKind kind() {
    return StoreKind.SQLITE;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whenAJobRuns_thenResultProgressAndLogAreKept() throws Exception {
    JobService jobs = bench.live(builder -> builder.body("train", context -> {
      context.log("trees: " + context.parameters().get("trees"));
      context.progress(0.5);
      context.metric("valid.l2", 10, 0.25);
      context.metric("valid.ic", 10, Double.NaN);
      context.progress(0.4);
      return Map.of("seed", Long.toString(context.seed()), "run", "" + context.attempt());
    }));

    JobId id = jobs.submit(JobRequest.builder("train", "first")
        .parameters(Map.of("trees", "100"))
        .seed(7)
        .build());
    List<JobEvent> events = Reader.of(jobs, id, 0).all();

    Job job = jobs.job(id);
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.result()).isEqualTo(Map.of("seed", "7", "run", "1"));
    assertThat(job.progress()).isEqualTo(0.5);
    Instant at = bench.clock.instant();
    assertThat(events)
        .containsExactly(
            new JobEvent.Moved(id, 1, at, JobState.QUEUED),
            new JobEvent.Moved(id, 2, at, JobState.RUNNING),
            new JobEvent.Line(id, 3, at, "trees: 100"),
            new JobEvent.Progress(id, 4, at, 0.5),
            new JobEvent.Figure(id, 5, at, "valid.l2", 10, 0.25),
            new JobEvent.Figure(id, 6, at, "valid.ic", 10, Double.NaN),
            new JobEvent.Moved(id, 7, at, JobState.SUCCEEDED));
    assertThat(job.lastSequence()).isEqualTo(7);
  }

  @Test
  void whenOnePlaceIsThere_thenTheHighestPriorityGoesFirstThenTheOldest() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch go = new CountDownLatch(1);
    JobService jobs = bench.live(builder -> builder
        .settings(JobBench.QUICK.withParallelism(1))
        .body("train", context -> {
          go.await();
          order.add(context.parameters().get("n"));
          return Map.of();
        }));
    JobId first = jobs.submit(numbered("first", 0));
    JobBench.roundsUntil(jobs, () -> jobs.job(first).state() == JobState.RUNNING);
    List<JobId> ids = List.of(
        jobs.submit(numbered("low", -1)),
        jobs.submit(numbered("high", 5)),
        jobs.submit(numbered("high too", 5)),
        jobs.submit(numbered("middle", 0)));

    go.countDown();
    for (JobId id : ids) {
      Reader.of(jobs, id, 0).all();
    }

    assertThat(order).containsExactly("first", "high", "high too", "middle", "low");
  }

  private static JobRequest numbered(String n, int priority) {
    return JobRequest.builder("train", n)
        .parameters(Map.of("n", n))
        .priority(priority)
        .build();
  }

  @Test
  void whenTwoServicesShareAStore_thenEachJobRunsOnceWithinTheLimit() throws Exception {
    Map<String, Integer> runs = new HashMap<>();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    JobBody body = context -> {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      synchronized (runs) {
        runs.merge(context.jobId().value(), 1, Integer::sum);
      }
      now.decrementAndGet();
      return Map.of();
    };
    List<JobService> services = Stream.of(1, 2)
        .map(n -> bench.live(builder -> builder.body("train", body)))
        .toList();
    CyclicBarrier barrier = new CyclicBarrier(2);
    List<JobId> ids = Collections.synchronizedList(new ArrayList<>());
    List<java.util.concurrent.Future<?>> submitters = new ArrayList<>();
    for (JobService service : services) {
      submitters.add(bench.threads.submit(() -> {
        barrier.await();
        for (int i = 0; i < 20; i++) {
          ids.add(service.submit(numbered("n", 0)));
        }
        return null;
      }));
    }
    for (var submitter : submitters) {
      submitter.get();
    }
    for (JobId id : ids) {
      Reader.of(services.get(0), id, 0).all();
    }

    assertThat(Set.copyOf(ids)).hasSize(40);
    assertThat(runs).hasSize(40).allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
    assertThat(most.get()).isLessThanOrEqualTo(4);
  }

  record Thrown(Throwable error, ErrorCode code, String message) {}

  private static List<Thrown> errors() {
    return List.of(
        new Thrown(
            new QilinException(ErrorCode.DATA_QUALITY, "gaps"), ErrorCode.DATA_QUALITY, "gaps"),
        new Thrown(new java.io.IOException("disk"), ErrorCode.TRAINING_FAILED, "disk"),
        new Thrown(new StackOverflowError(), ErrorCode.TRAINING_FAILED, "StackOverflowError"),
        new Thrown(new OutOfMemoryError("heap"), ErrorCode.RESOURCE_EXHAUSTED, "heap"),
        new Thrown(new NoClassDefFoundError("x/Y"), ErrorCode.TRAINING_FAILED, "x/Y"),
        new Thrown(new InterruptedException("me"), ErrorCode.TRAINING_FAILED, "me"),
        new Thrown(
            new QilinException(ErrorCode.CANCELLED, "nobody asked"),
            ErrorCode.CANCELLED,
            "nobody asked"),
        new Thrown(new Speechless(), ErrorCode.TRAINING_FAILED, "cannot be had"),
        new Thrown(
            new AssertionError("\0 and \uD800 " + "x".repeat(10_000)),
            ErrorCode.TRAINING_FAILED,
            "\uFFFD and \uFFFD xxx"));
  }

  private static final class Speechless extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new NullPointerException("no message");
    }
  }

  @Test
  void whenABodyThrows_thenTheJobIsFailedWithWhatItSaid() throws Exception {
    List<Thrown> errors = errors();
    JobService jobs = bench.live(builder -> builder.body("train", context -> {
      context.log("before");
      Throwable error =
          errors.get(Integer.parseInt(context.parameters().get("n"))).error();
      JobServiceTest.<RuntimeException>raise(error);
      return Map.of();
    }));

    for (int i = 0; i < errors.size(); i++) {
      JobId id = jobs.submit(numbered("" + i, 0));
      List<JobEvent> events = Reader.of(jobs, id, 0).all();

      JobFailure failure = jobs.job(id).failure().orElseThrow();
      assertThat(jobs.job(id).state()).isEqualTo(JobState.FAILED);
      assertThat(failure.code()).isEqualTo(errors.get(i).code());
      assertThat(failure.message())
          .contains(errors.get(i).message())
          .hasSizeLessThanOrEqualTo(4_000);
      assertThat(events).anyMatch(event -> event instanceof JobEvent.Line);
    }
    JobBench.roundsUntil(jobs, () -> jobs.capacity().free() == 2);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void raise(Throwable error) throws E {
    throw (E) error;
  }

  @Test
  void whenAResultCannotBeKept_thenTheJobIsFailed() throws Exception {
    Map<String, String> withNull = new HashMap<>();
    withNull.put("model", null);
    List<Map<String, String>> results = new ArrayList<>();
    results.add(null);
    results.add(withNull);
    results.add(Map.of("model", "\0"));
    results.add(Map.of("model", "x".repeat(1 << 20)));
    results.add(Map.of("", "empty name"));
    JobService jobs = bench.live(builder -> builder.body(
        "train", context -> results.get(Integer.parseInt(context.parameters().get("n")))));

    for (int i = 0; i < results.size(); i++) {
      JobId id = jobs.submit(numbered("" + i, 0));
      Reader.of(jobs, id, 0).all();
      assertThat(jobs.job(id).state()).isEqualTo(JobState.FAILED);
    }
  }

  @Test
  void whenABodyInterruptsItsThread_thenTheNextJobDoesNotNotice() throws Exception {
    List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
    JobService jobs = bench.live(builder -> builder
        .settings(JobBench.QUICK.withParallelism(1))
        .body("train", context -> {
          interrupted.add(Thread.currentThread().isInterrupted());
          Thread.currentThread().interrupt();
          return Map.of();
        }));

    List<JobId> ids = List.of(
        jobs.submit(numbered("1", 0)),
        jobs.submit(numbered("2", 0)),
        jobs.submit(numbered("3", 0)));
    for (JobId id : ids) {
      Reader.of(jobs, id, 0).all();
      assertThat(jobs.job(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    assertThat(interrupted).containsExactly(false, false, false);
  }

  @Test
  void whenAQueuedJobIsCancelled_thenItNeverRuns() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    JobService jobs = bench.manual(builder -> builder.body("train", context -> {
      runs.incrementAndGet();
      return Map.of();
    }));
    JobId id = jobs.submit(numbered("n", 0));

    assertThat(jobs.cancel(id)).isTrue();
    assertThat(jobs.cancel(id)).isFalse();
    jobs.round();

    assertThat(jobs.job(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(jobs.job(id).ended()).isPresent();
    assertThat(runs).hasValue(0);
  }

  @Test
  void whenARunningJobIsCancelled_thenItsBodyIsToldAndTheJobIsCancelled() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    JobService jobs = bench.live(builder -> builder.body("train", context -> {
      while (true) {
        context.cancellation().check();
        never.await(1, TimeUnit.MILLISECONDS);
      }
    }));
    JobId id = jobs.submit(numbered("n", 0));
    JobBench.roundsUntil(jobs, () -> jobs.job(id).state() == JobState.RUNNING);

    assertThat(jobs.cancel(id)).isTrue();
    Reader.of(jobs, id, 0).all();

    assertThat(jobs.job(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(jobs.job(id).cancelRequested()).isTrue();
  }

  @Test
  void whenABodyHeedsNoCancel_thenItIsGivenUpAfterTheGrace() throws Exception {
    Hanging hanging = new Hanging();
    JobService jobs = bench.manual(builder -> builder.body("train", hanging));
    JobId id = jobs.submit(numbered("n", 0));
    jobs.round();
    hanging.entered.await();
    jobs.cancel(id);
    jobs.round();
    assertThat(jobs.job(id).state()).isEqualTo(JobState.RUNNING);

    bench.pass(JobBench.QUICK.grace());
    jobs.round();

    assertThat(jobs.job(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(jobs.capacity().lost()).isEqualTo(1);
    Await.until("the body is interrupted", () -> hanging.interrupts.get() > 0);
    hanging.release.countDown();
    JobBench.roundsUntil(jobs, () -> jobs.capacity().lost() == 0);
    assertThat(jobs.job(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(hanging.interrupts).hasValue(1);
  }

  /** Heeds nothing until it is released. */
  private static final class Hanging implements JobBody {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final AtomicInteger interrupts = new AtomicInteger();

    @Override
    public Map<String, String> run(JobContext context) {
      entered.countDown();
      while (true) {
        try {
          release.await();
          context.log("too late");
          return Map.of("late", "result");
        } catch (InterruptedException e) {
          interrupts.incrementAndGet();
        }
      }
    }
  }

  @Test
  void whenABodyHangs_thenTheJobTimesOutAndThePlaceIsLostUntilItEnds() throws Exception {
    Hanging hanging = new Hanging();
    JobService jobs = bench.manual(builder -> builder
        .settings(JobBench.QUICK.withParallelism(1))
        .body("hang", hanging)
        .body("train", context -> Map.of()));
    JobId id = jobs.submit(JobRequest.builder("hang", "n").restartAfterCrash(5).build());
    jobs.round();
    hanging.entered.await();
    JobId next = jobs.submit(numbered("n", 0));

    bench.pass(JobRequest.DEFAULT_TIMEOUT.minusNanos(1));
    jobs.round();
    assertThat(jobs.job(id).state()).isEqualTo(JobState.RUNNING);
    bench.pass(Duration.ofNanos(1));
    jobs.round();

    assertThat(jobs.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(jobs.job(id).failure().orElseThrow().code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(jobs.capacity())
        .satisfies(capacity -> assertThat(capacity.lost()).isEqualTo(1))
        .satisfies(capacity -> assertThat(capacity.free()).isZero());
    jobs.round();
    assertThat(jobs.job(next).state()).isEqualTo(JobState.QUEUED);

    hanging.release.countDown();
    JobBench.roundsUntil(jobs, () -> jobs.job(next).state() == JobState.SUCCEEDED);
    assertThat(jobs.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(jobs.job(id).result()).isEmpty();
    // The end of a job is written before its place is free.
    JobBench.roundsUntil(jobs, () -> jobs.capacity().free() == 1);
  }

  @Test
  void whenAKeyIsUsedAgain_thenTheFirstJobIsMeantOrItIsAConflict() {
    JobService jobs = bench.manual(builder -> builder.body("train", context -> Map.of()));
    JobRequest request = JobRequest.builder("train", "n").key("wish").build();

    JobId first = jobs.submit(request);
    assertThat(jobs.submit(request)).isEqualTo(first);
    JobRequest other = JobRequest.builder("train", "n").key("wish").seed(1).build();
    refused(ErrorCode.CONFLICT, () -> jobs.submit(other));
    assertThat(jobs.jobs(EnumSet.allOf(JobState.class), 10)).hasSize(1);
  }

  @Test
  void whenTheQueueIsFullOrTheKindUnknown_thenASubmitIsRefused() {
    JobService jobs = bench.manual(builder ->
        builder.settings(JobBench.QUICK.withMaxQueued(2)).body("train", context -> Map.of()));
    jobs.submit(numbered("1", 0));
    jobs.submit(numbered("2", 0));

    refused(ErrorCode.LIMIT_EXCEEDED, () -> jobs.submit(numbered("3", 0)));
    JobRequest unknown = JobRequest.builder("deploy", "n").build();
    refused(ErrorCode.UNSUPPORTED, () -> jobs.submit(unknown));
    refused(ErrorCode.DATA_NOT_FOUND, () -> jobs.job(new JobId("99")));
    refused(ErrorCode.DATA_NOT_FOUND, () -> jobs.job(new JobId("no-number")));
    refused(ErrorCode.DATA_NOT_FOUND, () -> jobs.cancel(new JobId("99")));
    refused(ErrorCode.DATA_NOT_FOUND, () -> jobs.events(new JobId("99"), 0));
    refused(ErrorCode.INVALID_ARGUMENT, () -> jobs.events(new JobId("1"), -1));
    refused(ErrorCode.INVALID_ARGUMENT, () -> jobs.jobs(Set.of(), 0));
    jobs.close();
    refused(ErrorCode.INVALID_ARGUMENT, () -> jobs.submit(numbered("4", 0)));
    refused(ErrorCode.INVALID_ARGUMENT, () -> jobs.job(new JobId("1")));
  }

  @Test
  void whenARequestIsNotSound_thenItCannotBeMade() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> JobRequest.builder(" ", "n").build());
    refused(ErrorCode.INVALID_ARGUMENT, () -> JobRequest.builder("k", "a\0b").build());
    refused(ErrorCode.INVALID_ARGUMENT, () -> JobRequest.builder("k", "\uDC00").build());
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> JobRequest.builder("k", "n").timeout(Duration.ZERO).build());
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> JobRequest.builder("k", "n")
            .timeout(Duration.ofSeconds(Long.MAX_VALUE))
            .build());
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> JobRequest.builder("k", "n").restartAfterCrash(-1).build());
    refused(
        ErrorCode.LIMIT_EXCEEDED,
        () -> JobRequest.builder("k", "n")
            .parameters(Map.of("a", "x".repeat(1 << 20)))
            .build());
  }

  @Test
  void whenTheServiceCloses_thenJobsThatHeedItAreFailedOrGoBack() throws Exception {
    CountDownLatch entered = new CountDownLatch(2);
    // The grace is of the machine's time: long, as the bodies end by themselves.
    JobService jobs = bench.manual(builder -> builder
        .settings(JobBench.QUICK.withGrace(Duration.ofMinutes(1)))
        .body("train", context -> {
          entered.countDown();
          new CountDownLatch(1).await();
          return Map.of();
        }));
    JobId once = jobs.submit(numbered("once", 0));
    JobId again =
        jobs.submit(JobRequest.builder("train", "again").restartAfterCrash(1).build());
    jobs.round();
    entered.await();

    jobs.close();
    jobs.close();

    JobService other = bench.manual(builder -> builder.kindOfOthers("train"));
    assertThat(other.job(once).failure().orElseThrow().code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(other.job(again).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void whenABodyDoesNotHeedThatTheServiceCloses_thenItsJobIsFailed() throws Exception {
    Hanging hanging = new Hanging();
    JobService jobs = bench.manual(builder -> builder.body("hang", hanging));
    JobId deaf =
        jobs.submit(JobRequest.builder("hang", "deaf").restartAfterCrash(1).build());
    jobs.round();
    hanging.entered.await();

    jobs.close();

    JobService other = bench.manual(builder -> builder.kindOfOthers("hang"));
    assertThat(other.job(deaf).failure().orElseThrow().code()).isEqualTo(ErrorCode.TIMEOUT);
    hanging.release.countDown();
  }

  @Test
  void whenTheBodiesExecutorTakesNoWork_thenTheJobGoesBack() {
    AtomicInteger offered = new AtomicInteger();
    JobThreads threads = new JobThreads(
        task -> {
          offered.incrementAndGet();
          throw new java.util.concurrent.RejectedExecutionException("full");
        },
        bench.threads,
        new ManualRounds());
    try (JobService jobs = JobService.builder(
            bench.database, bench.clock, bench.nanos::get, threads)
        .body("train", context -> Map.of())
        .open()) {
      JobId id = jobs.submit(numbered("n", 0));
      jobs.round();
      jobs.round();

      assertThat(offered).hasValue(2);
      assertThat(jobs.job(id).state()).isEqualTo(JobState.QUEUED);
      assertThat(jobs.job(id).attempt()).isZero();
    }
  }

  @Test
  void whenABodyWasNotTakenUpAtTheEnd_thenItsJobGoesBackAndTheRunDoesNotCount() {
    List<Runnable> taken = new ArrayList<>();
    JobThreads threads = new JobThreads(taken::add, bench.threads, new ManualRounds());
    AtomicInteger runs = new AtomicInteger();
    JobService jobs = JobService.builder(bench.database, bench.clock, bench.nanos::get, threads)
        .settings(JobBench.QUICK)
        .body("train", context -> {
          runs.incrementAndGet();
          return Map.of();
        })
        .open();
    JobId id = jobs.submit(numbered("n", 0));
    jobs.round();
    assertThat(jobs.job(id).state()).isEqualTo(JobState.RUNNING);

    jobs.close();
    taken.forEach(Runnable::run);

    JobService other = bench.manual(builder -> builder.kindOfOthers("train"));
    assertThat(other.job(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(other.job(id).attempt()).isZero();
    assertThat(taken).hasSize(1);
    assertThat(runs).hasValue(0);
  }

  @Test
  void whenTheTickerThrows_thenTheNextRoundStillComes() {
    AtomicInteger calls = new AtomicInteger();
    JobThreads threads = new JobThreads(bench.threads, bench.threads, new ManualRounds());
    try (JobService jobs = JobService.builder(
            bench.database,
            bench.clock,
            () -> {
              if (calls.incrementAndGet() == 2) {
                throw new QilinException(ErrorCode.UNKNOWN, "planted");
              }
              return 0;
            },
            threads)
        .body("train", context -> Map.of())
        .open()) {
      jobs.round();
      assertThat(jobs.capacity().storeFailure()).isPresent();
      jobs.round();
      assertThat(jobs.capacity().storeFailure()).isEmpty();
    }
  }

  @Test
  void whenTheStoreGoesAway_thenTheResultWaitsAndTheTroubleIsTold() throws Exception {
    AtomicReference<JobContext> seen = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    JobService jobs = bench.manual(builder -> builder.body("train", context -> {
      seen.set(context);
      begun.countDown();
      go.await();
      return Map.of();
    }));
    jobs.submit(numbered("n", 0));
    jobs.round();
    begun.await();
    bench.database.close();
    jobs.round();
    assertThat(jobs.capacity().storeFailure()).isPresent();

    bench.pass(JobBench.QUICK.lease().dividedBy(2));
    jobs.round();

    assertThat(seen.get().cancellation().isCancelled()).isTrue();
    JobBench.roundsUntil(jobs, () -> jobs.capacity().lost() == 0);
    assertThat(jobs.capacity().running()).isZero();
    go.countDown();
  }

  @Test
  void whenJobsAreForgotten_thenOnlyEndedOnesAre() throws Exception {
    JobService jobs = bench.live(builder -> builder.body("train", context -> Map.of()));
    JobId id = jobs.submit(numbered("n", 0));
    Reader.of(jobs, id, 0).all();
    assertThat(jobs.forgetEndedBefore(bench.clock.instant())).isZero();
    bench.clock.advance(Duration.ofSeconds(1));

    assertThat(jobs.forgetEndedBefore(bench.clock.instant())).isEqualTo(1);
    refused(ErrorCode.DATA_NOT_FOUND, () -> jobs.job(id));
    assertThat(jobs.submit(numbered("n", 0)).value()).isEqualTo("2");
  }

  private static void refused(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
