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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that are away for a while of virtual time, which passes in the pauses of the pipeline only. */
class SinkOutageTest {
  private static final StreamSessions SSE = StreamSessions.of(Ticks.CALENDAR, Board.SSE_MAIN);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int TAKEN = 5;

  private final List<Tick> ticks = IntStream.range(0, 40)
      .mapToObj(i -> Ticks.tick(i % 3, Ticks.at("10:00:00").plusSeconds(10L * i), i / 3, 10, 100))
      .toList();
  private final MemorySink<ClosedWindow> windows = new MemorySink<>();
  private final MemorySink<DeadLetter> dead = new MemorySink<>();
  private final List<StreamSignal> signals = new ArrayList<>();
  private final List<Long> pauses = new ArrayList<>();
  private long now;
  private Runnable duringAPause = () -> {};

  @TempDir
  Path folder;

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private PipelineBuilder<Tick, Tick> stream() {
    return StreamPipeline.<Tick, Tick>builder(tick -> tick, new TickFields(), SSE)
        .source(new ListSource<>("ticks", ticks))
        .signals(signals::add)
        .batch(7)
        .checkpoint(CheckpointFile.at(folder.resolve("checkpoint")), 10)
        .sinkOutage(LONGEST, () -> now, this::pause);
  }

  private void pause(long nanos) {
    pauses.add(nanos);
    now += nanos;
    duringAPause.run();
  }

  private List<ClosedWindow> undisturbed() {
    MemorySink<ClosedWindow> all = new MemorySink<>();
    StreamPipeline<Tick, Tick> pipeline = StreamPipeline.<Tick, Tick>builder(
            tick -> tick, new TickFields(), SSE)
        .source(new ListSource<>("ticks", ticks))
        .sink(all)
        .deadLetters(dead)
        .build();
    pipeline.run(new Cancellation());
    assertThat(all.payloads()).hasSizeGreaterThan(10);
    return all.payloads();
  }

  private static void assertCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as("%s", e).isEqualTo(code));
  }

  /** Is away from its sixth message on for so long. */
  private <T> Away<T> away(StreamSink<T> sink, Duration length) {
    return new Away<>(sink, length.toNanos(), new QilinException(ErrorCode.NETWORK, "planted"));
  }

  private final class Away<T> implements StreamSink<T> {
    private final StreamSink<T> sink;
    private final long length;
    private final QilinException failure;
    private int calls;
    private long since = -1;

    Away(StreamSink<T> sink, long length, QilinException failure) {
      this.sink = sink;
      this.length = length;
      this.failure = failure;
    }

    @Override
    public boolean accept(StreamMessage<T> message) {
      if (++calls > TAKEN) {
        since = since < 0 ? now : since;
        if (now - since < length) {
          throw failure;
        }
      }
      return sink.accept(message);
    }

    @Override
    public void flush() {
      sink.flush();
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  @Test
  void whenASinkIsAwayForShorterThanTheLimit_thenItGetsEachWindowOnceAndNothingIsSetAside() {
    MemorySink<ClosedWindow> second = new MemorySink<>();
    StreamPipeline<Tick, Tick> pipeline = stream()
        .sink(away(windows, Duration.ofSeconds(50)))
        .sink(second)
        .deadLetters(dead)
        .build();
    pipeline.run(new Cancellation());
    assertThat(windows.payloads()).isEqualTo(undisturbed()).isEqualTo(second.payloads());
    assertThat(windows.repeats()).isZero();
    assertThat(dead.payloads()).isEmpty();
    assertThat(signals)
        .isNotEmpty()
        .allSatisfy(signal -> assertThat(signal)
            .isInstanceOfSatisfying(
                StreamSignal.SinkFailure.class,
                failure -> assertThat(failure.sink()).isEqualTo("sink-0")));
  }

  @Test
  void whenASinkIsAway_thenPausesDoubleToASecondAndStaySoShortThatACancellationIsSeen() {
    stream()
        .sink(away(windows, Duration.ofSeconds(4)))
        .deadLetters(dead)
        .build()
        .run(new Cancellation());
    assertThat(pauses).allMatch(nanos -> nanos > 0 && nanos <= 100_000_000);
    assertThat(pauses.subList(0, 4))
        .containsExactly(10_000_000L, 20_000_000L, 40_000_000L, 80_000_000L);
    assertThat(signals).as("10 ms doubled to 1 s, then 1 s each").hasSize(10);
  }

  @Test
  void whenASinkIsAwayForLongerThanTheLimit_thenTheRunFailsAndAnotherGoesOnFromTheCheckpoint() {
    List<ClosedWindow> all = undisturbed();
    StreamPipeline<Tick, Tick> pipeline =
        stream().sink(away(windows, Duration.ofHours(1))).deadLetters(dead).build();
    assertThatThrownBy(() -> pipeline.run(new Cancellation()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NETWORK))
        .hasMessageContaining("sink-0 has been away for PT1M")
        .hasMessageContaining("planted");
    assertThat(now).isEqualTo(LONGEST.toNanos());
    assertThat(dead.payloads()).isEmpty();
    assertThat(windows.payloads()).isEqualTo(all.subList(0, TAKEN));
    assertThatThrownBy(pipeline::checkpoint).hasMessageContaining("has failed");
    StreamPipeline<Tick, Tick> second = stream().sink(windows).deadLetters(dead).build();
    assertThat(second.resumed()).isTrue();
    second.run(new Cancellation());
    assertThat(windows.payloads()).isEqualTo(all);
    assertThat(dead.payloads()).isEmpty();
    assertThat(second.counters().offered()).isEqualTo(ticks.size());
  }

  @Test
  void whenTheHostCancelsWhileASinkIsAway_thenTheRunEndsSoonAndAnotherGoesOn() {
    Cancellation cancellation = new Cancellation();
    duringAPause = () -> {
      if (pauses.size() == 5) {
        cancellation.cancel();
      }
    };
    StreamPipeline<Tick, Tick> pipeline =
        stream().sink(away(windows, Duration.ofHours(1))).deadLetters(dead).build();
    assertCode(ErrorCode.CANCELLED, () -> pipeline.run(cancellation));
    assertThat(pauses).hasSize(5);
    assertGoesOn();
  }

  @Test
  void whenTheThreadIsInterruptedWhileASinkIsAway_thenTheRunEndsSoonAndAnotherGoesOn() {
    duringAPause = () -> {
      if (pauses.size() == 5) {
        Thread.currentThread().interrupt();
      }
    };
    StreamPipeline<Tick, Tick> pipeline =
        stream().sink(away(windows, Duration.ofHours(1))).deadLetters(dead).build();
    assertCode(ErrorCode.CANCELLED, () -> pipeline.run(new Cancellation()));
    assertThat(pauses).hasSize(5);
    assertThat(Thread.interrupted()).as("the flag stays").isTrue();
    assertGoesOn();
  }

  private void assertGoesOn() {
    duringAPause = () -> {};
    stream().sink(windows).deadLetters(dead).build().run(new Cancellation());
    assertThat(windows.payloads()).isEqualTo(undisturbed());
    assertThat(dead.payloads()).isEmpty();
  }

  @Test
  void whenASinkForRecordsIsAway_thenEachRecordIsInItAndInItsWindows() {
    MemorySink<Tick> records = new MemorySink<>();
    stream()
        .recordSink(away(records, Duration.ofSeconds(20)))
        .sink(windows)
        .deadLetters(dead)
        .build()
        .run(new Cancellation());
    assertThat(records.payloads()).isEqualTo(ticks);
    assertThat(windows.payloads()).isEqualTo(undisturbed());
    assertThat(dead.payloads()).isEmpty();
  }

  @Test
  void whenDeadLettersAreAway_thenTheyAreWaitedForToo() {
    stream()
        .sink(windows)
        .enrich(tick -> {
          if (tick.of().equals(Ticks.symbol(1))) {
            throw new QilinException(ErrorCode.DATA_FORMAT, "planted");
          }
          return tick;
        })
        .deadLetters(away(dead, Duration.ofSeconds(20)))
        .build()
        .run(new Cancellation());
    assertThat(dead.payloads()).hasSize(13);
    assertThat(signals)
        .contains(new StreamSignal.SinkFailure("dead-letters", 1, "QILIN-5003 planted"));
  }

  @Test
  void whenAnErrorIsNotWorthAnotherTry_thenTheWindowIsSetAsideWithoutAPause() {
    QilinException conflict = new QilinException(ErrorCode.LIMIT_EXCEEDED, "planted");
    Away<ClosedWindow> sink = new Away<>(windows, Long.MAX_VALUE, conflict);
    stream().sink(sink).deadLetters(dead).build().run(new Cancellation());
    int all = undisturbed().size();
    assertThat(pauses).isEmpty();
    assertThat(windows.payloads()).hasSize(TAKEN);
    assertThat(dead.payloads())
        .hasSize(all - TAKEN)
        .allMatch(letter -> letter.reason() == DeadLetterReason.SINK_FAILED);
    assertThat(sink.calls).as("three tries each").isEqualTo(TAKEN + 3 * (all - TAKEN));
  }

  @Test
  void whenCallsTakeLong_thenTheirTimeCountsByTheTicker() {
    StreamSink<ClosedWindow> slow = CallbackSink.of(message -> {
      now += Duration.ofSeconds(20).toNanos();
      throw new QilinException(ErrorCode.TIMEOUT, "planted");
    });
    assertCode(
        ErrorCode.TIMEOUT,
        () -> stream().sink(slow).deadLetters(dead).build().run(new Cancellation()));
    assertThat(signals).as("tries within the limit").hasSize(3);
  }

  @Test
  void whenNoTimeIsAllowed_thenTheRunFailsAtOnceAndALengthBelowZeroIsRefused() {
    StreamPipeline<Tick, Tick> pipeline = stream()
        .sinkOutage(Duration.ZERO, () -> now, this::pause)
        .sink(away(windows, Duration.ofHours(1)))
        .deadLetters(dead)
        .build();
    assertCode(ErrorCode.NETWORK, () -> pipeline.run(new Cancellation()));
    assertThat(pauses).isEmpty();
    assertCode(
        ErrorCode.INVALID_ARGUMENT,
        () -> stream().sinkOutage(Duration.ofNanos(-1), () -> now, this::pause));
  }
}
