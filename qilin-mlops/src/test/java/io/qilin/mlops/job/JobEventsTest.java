package io.qilin.mlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.store.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobEventsTest {
  private static final int FLOOD = 50_000;
  private static final int KEPT = 500;

  private final CountDownLatch release = new CountDownLatch(1);
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
    release.countDown();
    bench.close();
  }

  private JobService lines(int count) {
    return bench.live(builder -> builder
        .settings(JobBench.QUICK.withKeptEvents(KEPT))
        .body("train", context -> {
          for (int i = 1; i <= count; i++) {
            context.log("line " + i);
          }
          return Map.of();
        }));
  }

  private static JobId submit(JobService jobs) {
    return jobs.submit(JobRequest.builder("train", "n").build());
  }

  @Test
  void whenABodyPrintsWithoutEnd_thenTheLastLinesAreKeptAndTheRestIsCounted() throws Exception {
    JobService jobs = lines(FLOOD);
    JobId id = submit(jobs);
    List<JobEvent> live = Reader.of(jobs, id, 0).all();
    List<JobEvent> later = Reader.of(jobs, id, 0).all();

    for (List<JobEvent> events : List.of(live, later)) {
      long next = 1;
      for (JobEvent event : events) {
        long from = event instanceof JobEvent.Gap gap ? gap.from() : event.sequence();
        assertThat(from).isEqualTo(next);
        next = event.sequence() + 1;
      }
      assertThat(next).isEqualTo(FLOOD + 4L);
      assertThat(events.get(events.size() - 2))
          .isInstanceOfSatisfying(
              JobEvent.Line.class, line -> assertThat(line.text()).isEqualTo("line " + FLOOD));
    }
    assertThat(later).hasSizeBetween(KEPT, KEPT + 4);
    assertThat(later).anyMatch(event -> event instanceof JobEvent.Gap);
  }

  @Test
  void whenASubscriberResumes_thenItGetsTheRest() throws Exception {
    JobService jobs = lines(50);
    JobId id = submit(jobs);
    List<JobEvent> all = Reader.of(jobs, id, 0).all();

    for (int known = 0; known <= all.size(); known += 7) {
      assertThat(Reader.of(jobs, id, known).all()).isEqualTo(all.subList(known, all.size()));
    }
    assertThat(Reader.of(jobs, id, 1_000).all()).isEmpty();
  }

  @Test
  void whenASubscriberAsksForLittle_thenItGetsNoMoreAndReadsOnLater() throws Exception {
    JobService jobs = lines(2_000);
    JobId id = submit(jobs);
    Reader slow = new Reader(1);
    jobs.events(id, 0).subscribe(slow);
    Reader.of(jobs, id, 0).all();
    JobBench.roundsUntil(jobs, () -> slow.soFar().size() == 1);
    for (int i = 0; i < 5; i++) {
      jobs.round();
    }
    assertThat(slow.soFar()).hasSize(1);

    slow.subscription().request(Long.MAX_VALUE);
    slow.subscription().request(Long.MAX_VALUE);
    List<JobEvent> events = slow.all();

    assertThat(events).anyMatch(event -> event instanceof JobEvent.Gap);
    assertThat(events.get(events.size() - 1))
        .isInstanceOfSatisfying(
            JobEvent.Moved.class, moved -> assertThat(moved.state()).isEqualTo(JobState.SUCCEEDED));
  }

  @Test
  void whenASubscriberBlocksOrThrows_thenJobAndOthersGoOn() throws Exception {
    JobService jobs = lines(100);
    JobId id = submit(jobs);
    CountDownLatch blocked = new CountDownLatch(1);
    jobs.events(id, 0).subscribe(new Reader(Long.MAX_VALUE) {
      @Override
      public void onNext(JobEvent event) {
        blocked.countDown();
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    });
    blocked.await();
    jobs.events(id, 0).subscribe(new Reader(Long.MAX_VALUE) {
      @Override
      public void onNext(JobEvent event) {
        throw new QilinException(ErrorCode.UNKNOWN, "planted");
      }
    });

    assertThat(Reader.of(jobs, id, 0).all()).hasSize(103);
    JobBench.roundsUntil(jobs, () -> jobs.capacity().subscribers() == 1);
  }

  @Test
  void whenASubscriberAsksForNothing_thenItIsTold() throws Exception {
    JobService jobs = lines(1);
    JobId id = submit(jobs);
    for (long wrong : new long[] {0, -1, Long.MIN_VALUE}) {
      Reader reader = new Reader(0);
      jobs.events(id, 0).subscribe(reader);
      reader.subscription().request(wrong);
      assertThat(reader.error())
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }

  @Test
  void whenNothingHappens_thenAHeartbeatComesEveryFifteenSeconds() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    JobService jobs = bench.manual(builder -> builder.body("train", context -> {
      entered.countDown();
      release.await();
      return Map.of();
    }));
    JobId id = submit(jobs);
    jobs.round();
    entered.await();
    Reader reader = Reader.of(jobs, id, 0);
    JobBench.roundsUntil(jobs, () -> reader.soFar().size() == 2);

    bench.pass(Duration.ofSeconds(15).minusNanos(1));
    jobs.round();
    Reader after = Reader.of(jobs, id, 0);
    JobBench.roundsUntil(jobs, () -> after.soFar().size() == 2);
    assertThat(reader.soFar()).hasSize(2);
    bench.pass(Duration.ofNanos(1));
    JobBench.roundsUntil(jobs, () -> reader.soFar().size() == 3);

    assertThat(reader.soFar().get(2))
        .isEqualTo(new JobEvent.Heartbeat(id, 2, bench.clock.instant()));
    after.subscription().cancel();
    assertThat(jobs.capacity().subscribers()).isEqualTo(1);
    bench.pass(Duration.ofSeconds(30));
    JobBench.roundsUntil(jobs, () -> reader.soFar().size() == 4);
    assertThat(after.soFar()).hasSize(2);
  }

  @Test
  void whenTheServiceCloses_thenSubscribersAreTold() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    JobService jobs = bench.live(builder -> builder.body("train", context -> {
      entered.countDown();
      release.await();
      return Map.of();
    }));
    JobId waiting = jobs.submit(JobRequest.builder("train", "n").build());
    entered.await();
    Flow.Publisher<JobEvent> events = jobs.events(waiting, 0);
    Reader open = new Reader(0);
    events.subscribe(open);
    open.subscription();

    jobs.close();
    Reader late = new Reader(0);
    events.subscribe(late);

    assertThat(open.error()).isInstanceOf(QilinException.class);
    assertThat(late.error()).isInstanceOf(QilinException.class);
  }

  @Test
  void whenTooManySubscribe_thenTheNextIsRefused() throws Exception {
    JobService jobs = bench.manual(builder -> builder.body("train", context -> Map.of()));
    JobId id = submit(jobs);
    for (int i = 0; i < 1_000; i++) {
      jobs.events(id, 0).subscribe(new Reader(0));
    }
    Reader refused = new Reader(0);
    jobs.events(id, 0).subscribe(refused);

    assertThat(refused.error())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    assertThat(jobs.capacity().subscribers()).isEqualTo(1_000);
  }
}
