package io.qilin.mlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.mlops.store.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two services on one store, one of which falls silent. Both live in one process, so that silence is a round that is not done. */
@Timeout(60)
class JobLeaseTest {
  private static final Duration STEP = JobBench.QUICK.lease().dividedBy(6);

  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
  private JobBench bench;
  private JobService silent;
  private JobService watcher;

  @BeforeEach
  void open(@TempDir Path folder) {
    bench = new JobBench(kind(), folder);
    silent = service();
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

  private JobService service() {
    return bench.manual(builder -> builder.body("train", context -> {
      attempts.add(context.attempt());
      while (true) {
        try {
          release.await();
          return Map.of("run", "" + context.attempt());
        } catch (InterruptedException e) {
          context.log("interrupted");
        }
      }
    }));
  }

  private JobId running(int restarts) {
    JobId id = silent.submit(
        JobRequest.builder("train", "n").restartAfterCrash(restarts).build());
    JobBench.roundsUntil(silent, () -> attempts.size() == 1);
    watcher = service();
    return id;
  }

  /** The watcher looks six times a lease. */
  private void watch(int looks) {
    for (int i = 0; i < looks; i++) {
      bench.pass(STEP);
      watcher.round();
    }
  }

  @Test
  void whenAProcessFallsSilent_thenItsJobFailsAfterALeaseAndNotBefore() {
    JobId id = running(0);

    watch(6);
    assertThat(watcher.job(id).state()).isEqualTo(JobState.RUNNING);
    watch(1);

    assertThat(watcher.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(watcher.job(id).failure().orElseThrow().code()).isEqualTo(ErrorCode.SYSTEM);
  }

  @Test
  void whenAProcessGivesSignsOfLife_thenItsJobIsLeftToIt() {
    JobId id = running(0);

    for (int i = 0; i < 20; i++) {
      bench.pass(STEP);
      silent.round();
      watcher.round();
    }

    assertThat(watcher.job(id).state()).isEqualTo(JobState.RUNNING);
    release.countDown();
    JobBench.roundsUntil(silent, () -> silent.job(id).state() == JobState.SUCCEEDED);
  }

  @Test
  void whenClocksJump_thenNobodyDiesAndNobodyRises() {
    JobId id = running(0);

    for (long hours : new long[] {-24, 48, -1, 240}) {
      bench.clock.advance(Duration.ofHours(hours));
      watch(1);
    }
    assertThat(watcher.job(id).state()).isEqualTo(JobState.RUNNING);
    bench.clock.advance(Duration.ofDays(-300));
    watch(3);

    assertThat(watcher.job(id).state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void whenTheWatcherStoodStillItself_thenItLooksAgainBeforeItJudges() {
    JobId id = running(0);
    watch(2);

    bench.pass(Duration.ofMinutes(5));
    watcher.round();
    assertThat(watcher.job(id).state()).isEqualTo(JobState.RUNNING);
    silent.round();
    watch(5);

    assertThat(watcher.job(id).state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void whenAJobMayBeRestarted_thenTheLostRunCanWriteNothingMore() {
    JobId id = running(1);
    watch(7);
    JobBench.roundsUntil(watcher, () -> attempts.size() == 2);
    assertThat(watcher.job(id).attempt()).isEqualTo(2);

    silent.round();
    silent.round();
    assertThat(silent.capacity().running()).isZero();
    release.countDown();
    JobBench.roundsUntil(watcher, () -> watcher.job(id).state() == JobState.SUCCEEDED);
    JobBench.roundsUntil(silent, () -> silent.capacity().lost() == 0);

    assertThat(watcher.job(id).result()).isEqualTo(Map.of("run", "2"));
    assertThat(attempts).containsExactly(1, 2);
  }

  @Test
  void whenTheLostRunEndsFirst_thenItsResultIsDropped() {
    JobId id = running(0);
    watch(7);
    release.countDown();
    JobBench.roundsUntil(
        silent,
        () -> silent.capacity().equals(new JobCapacity(2, 0, 0, 0, java.util.Optional.empty())));

    assertThat(silent.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(silent.job(id).result()).isEmpty();
  }

  @Test
  void whenRunsAreUsedUp_thenTheJobFails() {
    JobId id = running(1);
    watch(7);
    JobBench.roundsUntil(watcher, () -> attempts.size() == 2);
    JobService third = service();
    JobService second = watcher;
    watcher = third;
    watch(7);

    assertThat(third.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(third.job(id).attempt()).isEqualTo(2);
    assertThat(second.capacity().running()).isEqualTo(1);
  }

  @Test
  void whenAJobWasToBeCancelled_thenItIsNotRestarted() {
    JobId id = running(3);
    watcher.cancel(id);
    watch(7);

    assertThat(watcher.job(id).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void whenTheHostWarrantsThatItIsAlone_thenOpeningSeesToTheDead() {
    JobId id = running(0);

    JobService alone = bench.manual(
        builder -> builder.kindOfOthers("train").settings(JobBench.QUICK.withoutOthers()));

    assertThat(alone.job(id).state()).isEqualTo(JobState.FAILED);
  }
}
