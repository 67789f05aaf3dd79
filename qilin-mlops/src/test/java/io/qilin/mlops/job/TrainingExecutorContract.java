package io.qilin.mlops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Await;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link TrainingExecutor} keeps. Extend it and supply one that runs {@link #body} as kind {@code train}. An executor
 * that may fail to answer is called through {@link #insisting}, which asks again.
 */
@Timeout(60)
abstract class TrainingExecutorContract {
  private final CountDownLatch go = new CountDownLatch(1);

  /** The executor under test; the same in every call of one test. */
  abstract TrainingExecutor executor();

  /** What kind {@code train} does: waits if parameter {@code wait} is there, fails if {@code fail} is. */
  final JobBody body() {
    return context -> {
      context.log("begun");
      if (context.parameters().containsKey("wait")) {
        while (!go.await(1, TimeUnit.MILLISECONDS)) {
          context.cancellation().check();
        }
      }
      if (context.parameters().containsKey("fail")) {
        throw new QilinException(ErrorCode.DATA_QUALITY, "planted");
      }
      context.progress(1);
      return Map.of("seed", "" + context.seed());
    };
  }

  /** A call that may be lost, until it is answered. */
  static <T> T insisting(java.util.function.Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (QilinException e) {
        if (e.code() != ErrorCode.NETWORK) {
          throw e;
        }
      }
    }
  }

  /** All events after a number, however often the subscription breaks. */
  final List<JobEvent> eventsOf(JobId id, long after) throws Exception {
    List<JobEvent> events = new java.util.ArrayList<>();
    long place = after;
    while (true) {
      long from = place;
      Reader reader = new Reader(Long.MAX_VALUE);
      insisting(() -> executor().events(id, from)).subscribe(reader);
      Throwable error = reader.error();
      for (JobEvent event : reader.soFar()) {
        place = event.sequence();
        if (!(event instanceof JobEvent.Heartbeat)) {
          events.add(event);
        }
      }
      if (error == null) {
        return events;
      }
      assertThat(error)
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NETWORK));
    }
  }

  private JobId submit(String key, String... flags) {
    Map<String, String> parameters = new java.util.HashMap<>();
    for (String flag : flags) {
      parameters.put(flag, "yes");
    }
    JobRequest request =
        JobRequest.builder("train", key).parameters(parameters).seed(7).key(key).build();
    return insisting(() -> executor().submit(request));
  }

  private Job job(JobId id) {
    return insisting(() -> executor().job(id));
  }

  @Test
  void whenAJobEnds_thenItsEventsAreWholeAndInOrder() throws Exception {
    JobId id = submit("a");
    List<JobEvent> events = eventsOf(id, 0);

    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).sequence()).isEqualTo(i + 1L);
      assertThat(events.get(i).job()).isEqualTo(id);
    }
    assertThat(events.stream()
            .filter(event -> event instanceof JobEvent.Moved)
            .map(event -> ((JobEvent.Moved) event).state()))
        .containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.SUCCEEDED);
    assertThat(job(id).result()).isEqualTo(Map.of("seed", "7"));
    assertThat(job(id).request().name()).isEqualTo("a");
    assertThat(eventsOf(id, 3)).isEqualTo(events.subList(3, events.size()));
  }

  @Test
  void whenABodyThrows_thenTheJobSaysWhy() throws Exception {
    JobId id = submit("b", "fail");
    eventsOf(id, 0);

    assertThat(job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(job(id).failure().orElseThrow().code()).isEqualTo(ErrorCode.DATA_QUALITY);
  }

  @Test
  void whenARunningJobIsCancelled_thenItEndsCancelled() throws Exception {
    JobId id = submit("c", "wait");
    Await.until("the job is taken up", () -> job(id).state() != JobState.QUEUED);

    insisting(() -> executor().cancel(id));
    eventsOf(id, 0);

    assertThat(job(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(insisting(() -> executor().cancel(id))).isFalse();
    go.countDown();
  }

  @Test
  void whenAKeyIsUsedTwice_thenThereIsOneJob() throws Exception {
    JobId first = submit("d");
    JobId again = submit("d");
    eventsOf(first, 0);

    assertThat(again).isEqualTo(first);
    assertThat(job(first).attempt()).isEqualTo(1);
    assertThatThrownBy(() -> submit("d", "fail"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  @Test
  void whenThereIsNoSuchJobOrKind_thenItIsSaid() {
    JobId none = new JobId("none/0");
    refused(ErrorCode.DATA_NOT_FOUND, () -> executor().job(none));
    refused(ErrorCode.DATA_NOT_FOUND, () -> executor().cancel(none));
    refused(ErrorCode.DATA_NOT_FOUND, () -> executor().events(none, 0));
    JobRequest unknown = JobRequest.builder("no-such-kind", "n").build();
    refused(ErrorCode.UNSUPPORTED, () -> executor().submit(unknown));
    JobId id = submit("e");
    refused(ErrorCode.INVALID_ARGUMENT, () -> executor().events(id, -1));
  }

  @Test
  void whenItIsClosed_thenItRefusesAndCloseMayBeRepeated() {
    executor().close();
    executor().close();
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> executor().submit(JobRequest.builder("train", "late").build()));
  }

  private static void refused(ErrorCode code, java.util.function.Supplier<?> call) {
    assertThatThrownBy(() -> insisting(call))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
