package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.data.table.TableBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoppedJudgeTest {
  private final Cancellation cancellation = new Cancellation();
  private final JudgeOptions options =
      JudgeOptions.builder().cancellation(cancellation).build();
  private final TableBatch batch = Tables.table().ints("a", 3, 1, 2, 3).batch();
  private final TableJudge judge =
      TableJudge.of(TableRules.parse("unique a"), options, Tables.CLOCK);

  private static void assertCancelled(Runnable work) {
    QilinException thrown = catchThrowableOfType(QilinException.class, work::run);
    assertThat(thrown.code()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void whenCancelledBetweenBatches_thenJudgingStopsAndTheStateIsOfNoUse() {
    TableState state = judge.begin(batch.schema(), "t");
    state.add(batch);
    cancellation.cancel();
    assertCancelled(() -> state.add(batch));
    assertThatThrownBy(() -> state.report(Tables.NOW)).hasMessageContaining("broke off");
    assertCancelled(() -> judge.judge("t", List.of(batch)));
  }

  @Test
  void whenTheThreadIsInterrupted_thenOneThreadStopsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertCancelled(() -> judge.judge("t", List.of(batch)));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void whenCancelledBeforeKeysAreCounted_thenNoReport() {
    TableState state = judge.begin(batch.schema(), "t");
    state.add(batch);
    cancellation.cancel();
    assertCancelled(() -> state.report(Tables.NOW));
  }

  @Test
  void whenCancelledAmidNumberedWork_thenTheRestIsLeft() {
    AtomicInteger done = new AtomicInteger();
    Crew crew = Crew.alone(options);
    assertCancelled(() -> crew.each(10, () -> task -> {
      if (done.incrementAndGet() == 4) {
        cancellation.cancel();
      }
    }));
    assertThat(done).hasValue(4);
  }

  @Test
  void whenOneOfACrewFails_thenItsErrorIsThrownAfterAllEnded() {
    ExecutorService executor = Executors.newFixedThreadPool(1);
    try {
      Crew crew = new Crew(executor, 2, options);
      assertThatThrownBy(() -> crew.each(100, () -> task -> {
            if (task == 50) {
              throw new QilinException(ErrorCode.IO, "planted");
            }
          }))
          .hasMessageContaining("planted");
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void whenNobodyTakesWork_thenTheCallerDoesAllOfIt() {
    List<Integer> done = new ArrayList<>();
    Crew crew = new Crew(
        work -> {
          throw new RejectedExecutionException();
        },
        4,
        options);
    crew.each(5, () -> done::add);
    assertThat(done).containsExactly(0, 1, 2, 3, 4);
  }
}
