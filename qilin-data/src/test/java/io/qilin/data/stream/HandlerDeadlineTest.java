package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.record.Tick;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers and sinks that hang and do not hear an interrupt, on executors with few threads. */
class HandlerDeadlineTest {
  private static final StreamSessions SSE = StreamSessions.of(Ticks.CALENDAR, Board.SSE_MAIN);
  private static final Duration SOON = Duration.ofMillis(300);
  private static final int MANY = 1000;

  private final MemorySink<DeadLetter> dead = new MemorySink<>();
  private final List<StreamSignal> signals = new ArrayList<>();
  private final ExecutorService single = Executors.newSingleThreadExecutor();
  private final StuckCalls inSingle = new StuckCalls(1);
  private final ExecutorService many = Executors.newCachedThreadPool();
  private final StuckCalls inMany = new StuckCalls(MANY);

  @AfterEach
  void endAll() {
    inSingle.release();
    inMany.release();
    single.shutdownNow();
    many.shutdownNow();
  }

  /** Hangs on the first so many shares. */
  private static UnaryOperator<Tick> hangingOn(int shares, StuckCalls calls) {
    return tick -> {
      if (tick.of().compareTo(Ticks.symbol(shares)) < 0) {
        calls.hang();
      }
      return tick;
    };
  }

  private PipelineBuilder<Tick, Tick> over(int ticks, Executor executor, StuckCalls calls) {
    List<Tick> list = new ArrayList<>();
    for (int i = 0; i < ticks; i++) {
      list.add(Ticks.tick(i, Ticks.at("10:00:00").plusMillis(i), 1, 10, 100));
    }
    return StreamPipeline.<Tick, Tick>builder(tick -> tick, new TickFields(), SSE)
        .source(new ListSource<>("ticks", list))
        .deadLetters(dead)
        .signals(signals::add)
        .handlerDeadline(executor, SOON)
        .handlerWaiting(calls);
  }

  private static void assertStalled(StreamPipeline<?, ?> pipeline, String why) {
    assertThatThrownBy(() -> pipeline.run(new Cancellation()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
        .hasMessageContaining(why)
        .hasMessageContaining("nothing is lost");
  }

  @Test
  void whenTheOnlyThreadHangs_thenTheRunEndsAndLaterGoesOnWithoutALoss() {
    StreamPipeline<Tick, Tick> pipeline =
        over(20, single, inSingle).enrich(hangingOn(1, inSingle)).build();
    assertStalled(pipeline, "1 calls are still running");
    assertThat(dead.payloads())
        .extracting(DeadLetter::reason)
        .containsExactly(DeadLetterReason.HANDLER_TIMEOUT);
    assertStalled(pipeline, "1 calls are still running");
    assertThat(pipeline.counters().offered()).isEqualTo(1);
    inSingle.release();
    pipeline.run(new Cancellation());
    assertThat(pipeline.counters().processed()).isEqualTo(19);
    assertThat(pipeline.counters().deadLettered()).isEqualTo(1);
    assertThat(dead.payloads()).hasSize(1);
  }

  @Test
  void whenEveryCallHangsOnAnEndlessPool_thenItTakesEightThreadsAndNoMore() {
    StreamPipeline<Tick, Tick> pipeline =
        over(60, many, inMany).enrich(hangingOn(60, inMany)).build();
    assertStalled(pipeline, "as many calls that hang as they may have, 8");
    assertThat(dead.payloads()).hasSize(8).hasSize((int) pipeline.counters().offered());
  }

  @Test
  void whenTheExecutorIsTooBusyTwice_thenTheCallIsMadeOnceMoreAndNoRecordIsSetAside() {
    AtomicInteger given = new AtomicInteger();
    Executor lossy = task -> {
      int number = given.getAndIncrement();
      if (number == 1 || number == 2) {
        inMany.lost();
      } else {
        many.execute(task);
      }
    };
    StreamPipeline<Tick, Tick> pipeline =
        over(3, lossy, inMany).enrich(tick -> tick).build();
    pipeline.run(new Cancellation());
    assertThat(pipeline.counters().processed()).isEqualTo(3);
    assertThat(dead.payloads()).isEmpty();
  }

  @Test
  void whenTheExecutorHasNoThreadOfItsOwn_thenNothingIsTaken() {
    for (Executor none : List.<Executor>of(Runnable::run, task -> inMany.lost(), task -> {
      throw new java.util.concurrent.RejectedExecutionException("full");
    })) {
      StreamPipeline<Tick, Tick> pipeline =
          over(3, none, inMany).enrich(tick -> tick).build();
      assertStalled(pipeline, "the executor");
      assertThat(pipeline.counters().offered()).isZero();
    }
    assertThat(dead.payloads()).isEmpty();
  }

  @Test
  void whenASinkHangsForTooLong_thenNoOtherThreadEntersItAndTheRunFailsWithoutALoss() {
    HangingSink first = new HangingSink(inMany);
    StreamPipeline<Tick, Tick> pipeline = over(2, many, inMany)
        .sink(first)
        .sinkOutage(Duration.ofMinutes(1), () -> 0, nanos -> {})
        .build();
    assertThatThrownBy(() -> pipeline.run(new Cancellation()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
        .hasMessageContaining("sink-0 has been away")
        .hasMessageContaining("a call that was given up is still in it");
    assertThat(first.entered).as("calls that went into the sink").hasValue(1);
    assertThat(dead.payloads()).isEmpty();
    assertThat(signals).hasOnlyElementsOfType(StreamSignal.SinkFailure.class);
    assertThatThrownBy(pipeline::close).isInstanceOf(QilinException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenASinkHangsForAWhile_thenWindowsWaitForIt(boolean onTheOnlyThread) {
    StuckCalls calls = onTheOnlyThread ? inSingle : inMany;
    HangingSink first = new HangingSink(calls);
    MemorySink<ClosedWindow> second = new MemorySink<>();
    StreamPipeline<Tick, Tick> pipeline = over(2, onTheOnlyThread ? single : many, calls)
        .sink(first)
        .sink(second)
        .sinkOutage(Duration.ofDays(10_000), () -> 0, nanos -> {
          calls.release();
          Thread.yield();
        })
        .build();
    pipeline.run(new Cancellation());
    assertThat(pipeline.counters().windows()).isEqualTo(2);
    assertThat(second.payloads()).hasSize(2);
    assertThat(dead.payloads()).isEmpty();
    assertThat(first.entered).as("the first window twice").hasValue(3);
  }

  /** Hangs in its first call. */
  private static final class HangingSink implements StreamSink<ClosedWindow> {
    private final StuckCalls calls;
    private final AtomicInteger entered = new AtomicInteger();

    HangingSink(StuckCalls calls) {
      this.calls = calls;
    }

    @Override
    public boolean accept(StreamMessage<ClosedWindow> message) {
      if (entered.incrementAndGet() == 1) {
        calls.hang();
      }
      return true;
    }

    @Override
    public void flush() {
      // Nothing of it is durable.
    }

    @Override
    public void close() {
      // There is nothing to release.
    }
  }
}
