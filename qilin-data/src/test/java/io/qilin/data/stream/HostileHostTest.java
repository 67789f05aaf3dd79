package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.record.Tick;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSink;
import io.qilin.api.stream.StreamSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sources, sinks and threads of the host that do not behave. */
class HostileHostTest {
  private static final StreamSessions SSE = StreamSessions.of(Ticks.CALENDAR, Board.SSE_MAIN);

  private final MemorySink<ClosedWindow> windows = new MemorySink<>();
  private final MemorySink<DeadLetter> dead = new MemorySink<>();
  private final List<StreamSignal> signals = new ArrayList<>();

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private PipelineBuilder<Tick, Tick> over(StreamSource<Tick> source) {
    return StreamPipeline.<Tick, Tick>builder(tick -> tick, new TickFields(), SSE)
        .source(source)
        .deadLetters(dead)
        .signals(signals::add)
        .whenIdle(() -> {});
  }

  private static ListSource<Tick> twoTicks() {
    return new ListSource<>(
        "ticks",
        List.of(Ticks.tick(0, "10:00:01", 1, 10, 100), Ticks.tick(0, "10:00:02", 2, 10, 100)));
  }

  private static void assertCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenAnIdleRunIsInterrupted_thenItEndsAndCanGoOn() {
    StreamQueue<Tick> queue = new StreamQueue<>("queue", 10, OverflowPolicy.BLOCK);
    queue.send(Ticks.tick(0, "10:00:01", 1, 10, 100));
    StreamPipeline<Tick, Tick> pipeline =
        over(queue).whenIdle(() -> Thread.currentThread().interrupt()).build();
    assertCode(ErrorCode.CANCELLED, () -> pipeline.run(new Cancellation()));
    assertThat(Thread.interrupted()).as("the flag stays").isTrue();
    queue.end();
    pipeline.run(new Cancellation());
    assertThat(pipeline.counters().processed()).isEqualTo(1);
  }

  @Test
  void whenAHandlerIsInterrupted_thenTheRunEndsAndNothingIsSetAside() {
    StreamPipeline<Tick, Tick> pipeline = over(twoTicks())
        .enrich(tick -> {
          Thread.currentThread().interrupt();
          throw new QilinException(ErrorCode.CANCELLED, "planted");
        })
        .build();
    assertCode(ErrorCode.CANCELLED, () -> pipeline.run(new Cancellation()));
    assertThat(dead.payloads()).isEmpty();
  }

  @Test
  void whenASourceThrowsWhatItShouldNot_thenItIsAskedAgainAndThriceEndsTheRun() {
    StreamPipeline<Tick, Tick> twice = over(new Raw(2, twoTicks())).build();
    twice.run(new Cancellation());
    assertThat(twice.counters().processed()).isEqualTo(2);
    assertThat(signals).hasSize(2).hasOnlyElementsOfType(StreamSignal.SourceFailure.class);
    StreamPipeline<Tick, Tick> thrice = over(new Raw(3, twoTicks())).build();
    assertCode(ErrorCode.DATA_FETCH, () -> thrice.run(new Cancellation()));
  }

  @Test
  void whenASinkCannotFlush_thenARunDoesNotEndAsIfItHad() {
    StreamPipeline<Tick, Tick> raw =
        over(twoTicks()).sink(failing(new ArithmeticException("planted"))).build();
    assertCode(ErrorCode.IO, () -> raw.run(new Cancellation()));
    StreamPipeline<Tick, Tick> typed = over(twoTicks())
        .sink(failing(new QilinException(ErrorCode.RESOURCE_EXHAUSTED, "planted")))
        .sink(windows)
        .build();
    assertCode(ErrorCode.RESOURCE_EXHAUSTED, () -> typed.run(new Cancellation()));
    assertThat(windows.payloads()).hasSize(2);
    assertThat(signals).hasSize(2).hasOnlyElementsOfType(StreamSignal.CheckpointFailure.class);
  }

  private static <T> StreamSink<T> failing(RuntimeException failure) {
    return new StreamSink<>() {
      @Override
      public boolean accept(StreamMessage<T> message) {
        return true;
      }

      @Override
      public void flush() {
        throw failure;
      }

      @Override
      public void close() {
        // There is nothing to release.
      }
    };
  }

  @Test
  void whenDeadLettersThrowWhatTheyShouldNot_thenTheErrorIsTyped() {
    StreamPipeline<Tick, Tick> pipeline = StreamPipeline.<Tick, Tick>builder(
            tick -> {
              throw new ArithmeticException("planted");
            },
            new TickFields(),
            SSE)
        .source(twoTicks())
        .deadLetters(CallbackSink.of(letter -> {
          throw new ArithmeticException("full");
        }))
        .build();
    assertCode(ErrorCode.IO, () -> pipeline.run(new Cancellation()));
  }

  @Test
  void whenBadRecordsNameManyInstruments_thenTheyTakeNoPlaceFromGoodOnes() {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ticks.add(Ticks.tick(i, "03:00:00", i, 10, 100));
    }
    ticks.add(Ticks.tick(90, "10:00:01", 1, 10, 100));
    StreamPipeline<Tick, Tick> pipeline =
        over(new ListSource<>("ticks", ticks)).mostKeys(1).build();
    pipeline.run(new Cancellation());
    assertThat(pipeline.counters().processed()).isEqualTo(1);
    assertThat(dead.payloads())
        .hasSize(50)
        .allMatch(letter -> letter.reason() == DeadLetterReason.OUT_OF_SESSION);
  }

  @Test
  void whenALengthOfTimeCannotBe_thenTheErrorIsTyped() {
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    PipelineBuilder<Tick, Tick> builder = over(twoTicks());
    for (Duration length : List.of(endless, endless.negated(), Duration.ofNanos(-1))) {
      assertCode(ErrorCode.INVALID_ARGUMENT, () -> builder.handlerDeadline(Runnable::run, length));
      assertCode(ErrorCode.INVALID_ARGUMENT, () -> builder.idleAfter(() -> 0, length));
      assertCode(ErrorCode.INVALID_ARGUMENT, () -> builder.refuseFuture(Clock.systemUTC(), length));
    }
  }

  /** Throws a few times something that the contract does not know. */
  private static final class Raw implements StreamSource<Tick> {
    private final ListSource<Tick> ticks;
    private int failures;

    Raw(int failures, ListSource<Tick> ticks) {
      this.failures = failures;
      this.ticks = ticks;
    }

    @Override
    public int poll(int most, StreamReceiver<Tick> receiver) {
      if (failures-- > 0) {
        throw new ArithmeticException("planted");
      }
      return ticks.poll(most, receiver);
    }

    @Override
    public String id() {
      return ticks.id();
    }

    @Override
    public long position() {
      return ticks.position();
    }

    @Override
    public void seek(long position) {
      ticks.seek(position);
    }

    @Override
    public boolean ended() {
      return ticks.ended();
    }

    @Override
    public void commit(long position) {
      ticks.commit(position);
    }

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public void close() {
      ticks.close();
    }
  }
}
