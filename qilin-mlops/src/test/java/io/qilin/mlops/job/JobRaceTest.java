package io.qilin.mlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.store.StoreKind;
import io.qilin.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two who do something to one job at the same moment; every outcome that there may be is counted, and no other comes. */
@Timeout(120)
class JobRaceTest {
  private static final int RACES = 20;

  private JobBench bench;

  @BeforeEach
  void open(@TempDir Path folder) {
    bench = new JobBench(StoreKind.SQLITE, folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whenACancelRacesWithTheEnd_thenTheStateAgreesWithWhatWasSaid() throws Exception {
    Map<String, CyclicBarrier> barriers = new ConcurrentHashMap<>();
    JobService jobs = bench.live(builder -> builder.body("train", context -> {
      barriers.get(context.parameters().get("n")).await();
      context.cancellation().check();
      return Map.of();
    }));
    Map<JobState, Integer> ends = new EnumMap<>(JobState.class);
    for (int i = 0; i < RACES; i++) {
      CyclicBarrier barrier = new CyclicBarrier(2);
      barriers.put("" + i, barrier);
      JobId id = jobs.submit(
          JobRequest.builder("train", "n").parameters(Map.of("n", "" + i)).build());
      barrier.await();
      boolean heard = jobs.cancel(id);
      Reader.of(jobs, id, 0).all();
      JobState state = jobs.job(id).state();
      ends.merge(state, 1, Integer::sum);
      assertThat(state).isIn(JobState.SUCCEEDED, JobState.CANCELLED);
      assertThat(heard || state == JobState.SUCCEEDED).isTrue();
      assertThat(jobs.job(id).cancelRequested()).isEqualTo(heard);
    }

    assertThat(ends.values().stream().mapToInt(n -> n).sum()).isEqualTo(RACES);
    JobBench.roundsUntil(jobs, () -> jobs.capacity().free() == 2);
  }

  @Test
  void whenOneKeyIsSubmittedByMany_thenThereIsOneJob() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    JobBody body = context -> {
      runs.incrementAndGet();
      return Map.of();
    };
    List<JobService> services = List.of(
        bench.live(builder -> builder.body("train", body)),
        bench.live(builder -> builder.body("train", body)));
    CyclicBarrier barrier = new CyclicBarrier(4);
    Set<JobId> ids = ConcurrentHashMap.newKeySet();
    List<Future<?>> submitters = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      JobService service = services.get(thread % 2);
      submitters.add(bench.threads.submit(() -> {
        for (int i = 0; i < 5; i++) {
          barrier.await();
          ids.add(
              service.submit(JobRequest.builder("train", "n").key("key " + i).build()));
        }
        return null;
      }));
    }
    for (Future<?> submitter : submitters) {
      submitter.get();
    }
    for (JobId id : ids) {
      Reader.of(services.get(0), id, 0).all();
    }

    assertThat(ids).hasSize(5);
    assertThat(runs).hasValue(5);
  }

  @Test
  void whenManyAskForEvents_thenEachThatWasAskedForComesOnceAndInOrder() throws Exception {
    JobService jobs = bench.live(builder -> builder.body("train", context -> {
      for (int i = 0; i < 500; i++) {
        context.log("line " + i);
      }
      return Map.of();
    }));
    JobId id = jobs.submit(JobRequest.builder("train", "n").build());
    Reader.of(jobs, id, 0).all();
    Reader reader = new Reader(0);
    jobs.events(id, 0).subscribe(reader);
    var subscription = reader.subscription();
    CyclicBarrier barrier = new CyclicBarrier(4);
    CountDownLatch asked = new CountDownLatch(4);
    for (int thread = 0; thread < 4; thread++) {
      bench.threads.execute(() -> {
        try {
          barrier.await();
          for (int i = 0; i < 100; i++) {
            subscription.request(1);
          }
        } catch (Exception e) {
          throw new AssertionError(e);
        }
        asked.countDown();
      });
    }
    asked.await();
    JobBench.roundsUntil(jobs, () -> reader.soFar().size() >= 400);
    jobs.round();

    List<JobEvent> events = reader.soFar();
    assertThat(events).hasSize(400);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).sequence()).isEqualTo(i + 1L);
    }
    subscription.request(1_000);
    assertThat(reader.all()).hasSize(503);
  }

  @Test
  void whenAServiceClosesWhileOthersUseIt_thenEachCallIsAnsweredOrRefusedAndNoJobIsLost()
      throws Exception {
    // A body that is slow to end is waited for, and not given up.
    JobService jobs = bench.live(builder -> builder
        .settings(JobBench.QUICK.withGrace(Duration.ofMinutes(1)))
        .body("train", context -> Map.of()));
    CyclicBarrier barrier = new CyclicBarrier(3);
    Set<JobId> accepted = ConcurrentHashMap.newKeySet();
    List<Future<?>> submitters = new ArrayList<>();
    for (int thread = 0; thread < 2; thread++) {
      submitters.add(bench.threads.submit(() -> {
        barrier.await();
        return refusal(jobs, accepted);
      }));
    }
    barrier.await();
    Await.until("a job is accepted", () -> !accepted.isEmpty());
    jobs.close();
    for (Future<?> submitter : submitters) {
      assertThat(submitter.get()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    JobService after = bench.manual(builder -> builder.kindOfOthers("train"));
    for (JobId id : accepted) {
      assertThat(after.job(id).state()).isIn(JobState.QUEUED, JobState.SUCCEEDED);
    }
    assertThat(after.jobs(EnumSet.of(JobState.RUNNING), 10)).isEmpty();
  }

  /** Submits until that is refused, for another reason than that the queue is full. */
  private static ErrorCode refusal(JobService jobs, Set<JobId> accepted) {
    while (true) {
      try {
        accepted.add(jobs.submit(JobRequest.builder("train", "n").build()));
      } catch (QilinException e) {
        if (e.code() != ErrorCode.LIMIT_EXCEEDED) {
          return e.code();
        }
      }
    }
  }
}
