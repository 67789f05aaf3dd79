package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSink;
import io.qilin.api.stream.StreamSource;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamPipelineTest {
  private static final StreamSessions SSE = StreamSessions.of(Ticks.CALENDAR, Board.SSE_MAIN);

  private final MemorySink<ClosedWindow> windows = new MemorySink<>();
  private final MemorySink<DeadLetter> dead = new MemorySink<>();
  private final List<StreamSignal> signals = new ArrayList<>();

  @TempDir
  Path folder;

  private PipelineBuilder<Tick, Tick> over(Tick... ticks) {
    return over(List.of(ticks));
  }

  private PipelineBuilder<Tick, Tick> over(List<Tick> ticks) {
    return StreamPipeline.<Tick, Tick>builder(tick -> tick, new TickFields(), SSE)
        .source(new ListSource<>("ticks", ticks))
        .sink(windows)
        .deadLetters(dead)
        .signals(signals::add);
  }

  private static StreamCounters run(PipelineBuilder<Tick, Tick> builder) {
    StreamPipeline<Tick, Tick> pipeline = builder.build();
    pipeline.run(new Cancellation());
    StreamCounters counters = pipeline.counters();
    assertThat(counters.offered())
        .as("all are accounted for: %s", counters)
        .isEqualTo(
            counters.processed() + counters.late() + counters.deadLettered() + counters.dropped());
    return counters;
  }

  private static String span(ClosedWindow window) {
    return window.start().atZone(Ticks.SHANGHAI).toLocalTime() + "-"
        + window.end().atZone(Ticks.SHANGHAI).toLocalTime() + (window.cut() ? " cut " : " ")
        + window.phase() + " "
        + window.aggregates().stream().mapToLong(WindowAggregate::records).sum();
  }

  @Test
  void whenTheMorningEnds_thenNoWindowReachesIntoTheAfternoon() {
    run(over(
        Ticks.tick(0, "11:29:40", 1, 10, 100),
        Ticks.tick(0, "11:30:01", 2, 11, 100),
        Ticks.tick(0, "13:00:00", 3, 12, 100)));
    assertThat(windows.payloads())
        .extracting(StreamPipelineTest::span)
        .containsExactly(
            "11:29-11:30 CONTINUOUS 2",
            "11:29:30-11:30 cut CONTINUOUS 2",
            "13:00-13:00:30 cut CONTINUOUS 1",
            "13:00-13:01 CONTINUOUS 1");
  }

  @Test
  void whenAuctionsBorderOnTrading_thenWindowsAreCutThere() {
    run(over(
        Ticks.tick(0, "09:24:59", 1, 10, 100),
        Ticks.tick(0, "09:25:00", 2, 10, 100),
        Ticks.tick(0, "09:30:00", 3, 10, 100),
        Ticks.tick(0, "14:56:59", 4, 10, 100),
        Ticks.tick(0, "14:57:00", 5, 10, 100),
        Ticks.tick(0, "15:00:02", 6, 10, 100)));
    assertThat(windows.payloads())
        .extracting(StreamPipelineTest::span)
        .containsExactly(
            "09:24-09:25 OPENING_AUCTION 2",
            "09:24:30-09:25 cut OPENING_AUCTION 2",
            "09:30-09:30:30 cut CONTINUOUS 1",
            "09:30-09:31 CONTINUOUS 1",
            "14:56-14:57 CONTINUOUS 1",
            "14:56:30-14:57 cut CONTINUOUS 1",
            "14:57-14:57:30 cut CLOSING_AUCTION 1",
            "14:57-14:58 CLOSING_AUCTION 1",
            "14:59-15:00 CLOSING_AUCTION 1",
            "14:59:30-15:00 cut CLOSING_AUCTION 1");
  }

  @Test
  void whenAWindowCloses_thenItHoldsWhatHappened() {
    run(over(
        Ticks.tick(0, "10:00:01", 1, 10.01, 100),
        Ticks.tick(0, "10:00:02", 2, 10.05, 300),
        Ticks.tick(0, "10:00:03", 3, 9.98, 200)));
    WindowAggregate first = windows.payloads().get(0).aggregates().get(0);
    assertThat(first)
        .isEqualTo(new WindowAggregate(
            Ticks.symbol(0), 3, 10.01, 10.05, 9.98, 9.98, 600, 1001 + 3015 + 1996));
    assertThat(first.vwap()).isEqualTo(6012 / 600.0);
  }

  @Test
  void whenARecordIsLate_thenItIsSetAsideAndChangesNothing() {
    StreamCounters counters = run(over(
        Ticks.tick(0, "10:00:10", 1, 10, 100),
        Ticks.tick(1, "10:00:07", 1, 10, 100),
        Ticks.tick(1, "10:00:06.999", 2, 10, 100)));
    assertThat(counters.late()).isEqualTo(1);
    assertThat(dead.payloads()).hasSize(1);
    assertThat(dead.payloads().get(0).reason()).isEqualTo(DeadLetterReason.LATE);
    assertThat(dead.payloads().get(0).position()).isEqualTo(2);
    assertThat(dead.ids()).containsExactly("ticks@2");
  }

  @Test
  void whenNobodyTrades_thenTheRecordIsOutOfSession() {
    StreamCounters counters = run(over(
        Ticks.tick(0, "12:00:00", 1, 10, 100),
        Ticks.tick(0, Ticks.at("10:00:00").plus(Duration.ofDays(5)), 2, 10, 100)));
    assertThat(counters.deadLettered()).isEqualTo(2);
    assertThat(dead.payloads())
        .extracting(DeadLetter::reason)
        .containsExactly(DeadLetterReason.OUT_OF_SESSION, DeadLetterReason.INVALID);
    assertThat(windows.payloads()).isEmpty();
  }

  @Test
  void whenNumbersAreSkippedRepeatedOrSwapped_thenTheyAreCounted() {
    StreamCounters counters = run(over(
        Ticks.tick(0, "10:00:01", 1, 10, 100),
        Ticks.tick(0, "10:00:02", 5, 10, 100),
        Ticks.tick(0, "10:00:02", 5, 10, 100),
        Ticks.tick(0, "10:00:01.5", 3, 10, 100)));
    assertThat(counters.missing()).isEqualTo(2);
    assertThat(counters.repeated()).isEqualTo(1);
    assertThat(counters.outOfOrder()).isEqualTo(1);
    assertThat(counters.processed()).isEqualTo(3);
    assertThat(signals)
        .containsExactly(new StreamSignal.SequenceGap(Ticks.symbol(0), 2, 4, Ticks.at("10:00:02")));
    assertThat(windows.payloads().get(0).aggregates().get(0).records()).isEqualTo(3);
  }

  @Test
  void whenASenderBeginsAnew_thenItsNumbersAreNoRepetitions() {
    StreamCounters counters = run(over(
        Ticks.tick(0, "10:00:01", 100, 10, 100),
        Ticks.tick(0, "10:00:09", 1, 10, 100),
        Ticks.tick(0, "10:00:10", 2, 10, 100)));
    assertThat(counters.restarts()).isEqualTo(1);
    assertThat(counters.processed()).isEqualTo(3);
    assertThat(counters.missing()).isZero();
  }

  @Test
  void whenARuleRefuses_thenTheRecordIsSetAsideAndCounted() {
    StreamRule<Tick> rule =
        new StreamRule<>("not-dear", QualityDimension.ACCURACY, true, tick -> tick.price() < 100);
    StreamPipeline<Tick, Tick> pipeline = over(
            Ticks.tick(0, "10:00:01", 1, 10, 100), Ticks.tick(0, "10:00:02", 2, 1000, 100))
        .rules(List.of(rule))
        .build();
    pipeline.run(new Cancellation());
    assertThat(dead.payloads().get(0).message()).contains("not-dear");
    assertThat(pipeline.quality().score("not-dear")).isEqualTo(0.5);
    assertThatThrownBy(() -> pipeline.quality().score("other")).hasMessageContaining("not-dear");
  }

  @Test
  void whenTheHandlerFailsTwice_thenTheThirdTryCounts() {
    AtomicInteger calls = new AtomicInteger();
    StreamCounters counters = run(over(Ticks.tick(0, "10:00:01", 1, 10, 100)).enrich(tick -> {
      if (calls.incrementAndGet() < 3) {
        throw new QilinException(ErrorCode.NETWORK, "planted");
      }
      return tick;
    }));
    assertThat(counters.processed()).isEqualTo(1);
    assertThat(calls).hasValue(3);
  }

  @Test
  void whenTheHandlerFailsOnARecord_thenItIsSetAsideOnceAfterThreeTries() {
    AtomicInteger calls = new AtomicInteger();
    StreamCounters counters = run(over(
            Ticks.tick(0, "10:00:01", 1, 10, 100),
            Ticks.tick(1, "10:00:02", 1, 10, 100),
            Ticks.tick(2, "10:00:03", 1, 10, 100))
        .enrich(tick -> {
          if (tick.of().equals(Ticks.symbol(1))) {
            calls.incrementAndGet();
            throw new QilinException(ErrorCode.NETWORK, "planted");
          }
          return tick;
        }));
    assertThat(calls).hasValue(3);
    assertThat(counters.processed()).isEqualTo(2);
    assertThat(dead.payloads()).hasSize(1);
    assertThat(dead.payloads().get(0).reason()).isEqualTo(DeadLetterReason.HANDLER_FAILED);
    assertThat(dead.payloads().get(0).message()).contains("3 tries").contains("planted");
  }

  @Test
  void whenTheHandlerHangs_thenTheRecordIsSetAsideAndTheStreamGoesOn() {
    StuckCalls calls = new StuckCalls(2);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      StreamCounters counters =
          run(over(Ticks.tick(0, "10:00:01", 1, 10, 100), Ticks.tick(1, "10:00:02", 1, 10, 100))
              .handlerDeadline(executor, Duration.ofMillis(300))
              .handlerWaiting(calls)
              .enrich(tick -> {
                if (tick.of().equals(Ticks.symbol(0))) {
                  calls.hang();
                }
                return tick;
              }));
      assertThat(counters.processed()).isEqualTo(1);
      assertThat(dead.payloads().get(0).reason()).isEqualTo(DeadLetterReason.HANDLER_TIMEOUT);
    } finally {
      calls.release();
      executor.shutdownNow();
    }
  }

  @Test
  void whenASinkFails_thenTheOthersAreServedAndTheWindowIsSetAside() {
    StreamSink<ClosedWindow> broken = CallbackSink.of(message -> {
      throw new QilinException(ErrorCode.DATA_FORMAT, "planted");
    });
    MemorySink<ClosedWindow> second = new MemorySink<>();
    StreamCounters counters =
        run(over(Ticks.tick(0, "10:00:01", 1, 10, 100)).sink(broken).sink(second));
    assertThat(second.payloads()).hasSize(2).isEqualTo(windows.payloads());
    assertThat(counters.windows()).isEqualTo(2);
    assertThat(dead.payloads())
        .extracting(DeadLetter::reason)
        .containsExactly(DeadLetterReason.SINK_FAILED, DeadLetterReason.SINK_FAILED);
  }

  @Test
  void whenDeadLettersCannotBeStored_thenTheRunEndsAndStaysEnded() {
    StreamSink<DeadLetter> full = CallbackSink.of(letter -> {
      throw new QilinException(ErrorCode.RESOURCE_EXHAUSTED, "planted");
    });
    StreamPipeline<Tick, Tick> pipeline = over(Ticks.tick(0, "12:00:01", 1, 10, 100))
        .deadLetters(full)
        .sinkOutage(Duration.ZERO, () -> 0, nanos -> {})
        .build();
    assertThatThrownBy(pipeline::step).hasMessageContaining("planted");
    assertThatThrownBy(pipeline::step).hasMessageContaining("has failed");
    assertThatThrownBy(pipeline::checkpoint).hasMessageContaining("has failed");
  }

  @Test
  void whenARecordIsOfTheFuture_thenItDoesNotMakeOthersLate() {
    SettableClock clock = SettableClock.at(Ticks.at("10:00:05"));
    StreamCounters counters = run(over(
            Ticks.tick(0, "10:00:01", 1, 10, 100),
            Ticks.tick(0, "14:00:00", 2, 10, 100),
            Ticks.tick(0, "10:00:02", 3, 10, 100))
        .refuseFuture(clock, Duration.ofSeconds(5)));
    assertThat(counters.late()).isZero();
    assertThat(dead.payloads())
        .extracting(DeadLetter::reason)
        .containsExactly(DeadLetterReason.FUTURE);
  }

  @Test
  void whenMessagesAreSlowAndLost_thenHealthIsTold() {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Instant time = Ticks.at("10:00:00").plusMillis(i * 10L);
      boolean bad = i >= 100 && i < 150;
      long sequence = i < 100 ? i : i < 150 ? 100 + (i - 100) * 3L : 250 + i - 150;
      ticks.add(new Tick(
          Ticks.symbol(0),
          time,
          time.plusMillis(bad ? 2000 : 10),
          Ticks.SOURCE,
          sequence,
          10,
          100,
          1000,
          TradingPhase.CONTINUOUS));
    }
    run(over(ticks));
    List<StreamSignal.Health> health = signals.stream()
        .filter(StreamSignal.Health.class::isInstance)
        .map(StreamSignal.Health.class::cast)
        .toList();
    assertThat(health)
        .extracting(h -> h.what() + (h.well() ? " well" : " ill"))
        .containsExactly("LOSS ill", "LATENCY ill", "LATENCY well", "LOSS well");
  }

  @Test
  void whenAPriceJumps_thenTheWindowIsAnomalous() {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double price = 10 + (i % 2) * 0.01 + (i == 50 ? 0.5 : 0);
      ticks.add(Ticks.tick(0, Ticks.at("10:00:00").plusSeconds(30L * i), i, price, 1000));
      ticks.add(
          Ticks.tick(1, Ticks.at("10:00:01").plusSeconds(30L * i), i, 10, i == 55 ? 90_000 : 900));
    }
    run(over(ticks));
    List<String> found = windows.payloads().stream()
        .filter(window -> window.number() < 120)
        .flatMap(window -> window.anomalies().stream()
            .map(a -> window.number() + " " + a.symbol().code() + " " + a.rule()
                + (a.z() > 0 ? " up" : " down")))
        .toList();
    // Ten o'clock is 60 slides after the start; slide i is in windows 60 + i and 61 + i. The last
    // one is half empty.
    assertThat(found)
        .containsExactly(
            "110 600000 return up",
            "111 600000 return down",
            "115 600001 volume up",
            "116 600001 volume up");
  }

  @Test
  void whenASourceFailsOnce_thenItIsAskedAgainAndThriceEndsTheRun() {
    Flaky once = new Flaky(2);
    StreamPipeline<Tick, Tick> pipeline = flaky(once);
    pipeline.run(new Cancellation());
    assertThat(signals).hasSize(2);
    assertThat(pipeline.counters().processed()).isEqualTo(1);

    StreamPipeline<Tick, Tick> failing = flaky(new Flaky(3));
    assertThatThrownBy(() -> failing.run(new Cancellation())).hasMessageContaining("planted");
  }

  private StreamPipeline<Tick, Tick> flaky(Flaky source) {
    return StreamPipeline.<Tick, Tick>builder(tick -> tick, new TickFields(), SSE)
        .source(source)
        .deadLetters(dead)
        .signals(signals::add)
        .whenIdle(() -> {})
        .build();
  }

  /** Fails a few times, then hands over one tick. */
  private static final class Flaky implements StreamSource<Tick> {
    private final ListSource<Tick> ticks =
        new ListSource<>("flaky", List.of(Ticks.tick(0, "10:00:01", 1, 10, 100)));
    private int failures;

    Flaky(int failures) {
      this.failures = failures;
    }

    @Override
    public int poll(int most, StreamReceiver<Tick> receiver) {
      if (failures-- > 0) {
        throw new QilinException(ErrorCode.NETWORK, "planted");
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

  @Test
  void whenASourceIsSilent_thenItHoldsBackWindowsUntilItIsIdle() {
    long[] now = {0};
    StreamQueue<Tick> silent = new StreamQueue<>("silent", 10, OverflowPolicy.BLOCK);
    StreamQueue<Tick> busy = new StreamQueue<>("busy", 10, OverflowPolicy.BLOCK);
    StreamPipeline<Tick, Tick> pipeline = StreamPipeline.<Tick, Tick>builder(
            tick -> tick, new TickFields(), SSE)
        .source(silent)
        .source(busy)
        .sink(windows)
        .deadLetters(dead)
        .idleAfter(() -> now[0], Duration.ofSeconds(1))
        .build();
    silent.send(Ticks.tick(1, "10:00:01", 1, 10, 100));
    busy.send(Ticks.tick(0, "10:05:00", 1, 10, 100));
    pipeline.step();
    pipeline.step();
    assertThat(windows.payloads()).isEmpty();
    now[0] = 2_000_000_000L;
    busy.send(Ticks.tick(0, "10:05:01", 2, 10, 100));
    pipeline.step();
    assertThat(windows.payloads()).extracting(StreamPipelineTest::span).hasSize(2);
    pipeline.advanceTo(Ticks.at("10:06:03"));
    assertThat(windows.payloads()).hasSize(4);
    pipeline.close();
  }

  @Test
  void whenTheCheckpointIsDamagedOrOfAnother_thenThePipelineIsNotMade() throws IOException {
    Path file = folder.resolve("checkpoint");
    Tick tick = Ticks.tick(0, "10:00:01", 1, 10, 100);
    StreamPipeline<Tick, Tick> first =
        over(tick).checkpoint(CheckpointFile.at(file), 1).build();
    first.run(new Cancellation());
    assertThat(over(tick).checkpoint(CheckpointFile.at(file), 1).build().resumed())
        .isTrue();

    assertThatThrownBy(() -> over(tick)
            .windows(WindowSpec.DEFAULT.withLateness(Duration.ZERO))
            .checkpoint(CheckpointFile.at(file), 1)
            .build())
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 97) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      Files.write(file, flipped);
      assertThatThrownBy(() -> over(tick).checkpoint(CheckpointFile.at(file), 1).build())
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
    }
  }

  @Test
  void whenACheckpointCannotBeWritten_thenTheStreamGoesOnAndSaysSo() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("gone"));
    CheckpointFile file = CheckpointFile.at(inside.resolve("checkpoint"));
    Files.delete(inside);
    StreamCounters counters = run(over(Ticks.tick(0, "10:00:01", 1, 10, 100)).checkpoint(file, 1));
    assertThat(counters.processed()).isEqualTo(1);
    assertThat(counters.checkpoints()).isZero();
    assertThat(signals).hasAtLeastOneElementOfType(StreamSignal.CheckpointFailure.class);
  }

  @Test
  void whenReplayedAtAnySpeed_thenWindowsAreTheSameAndTheTimeIsKept() {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ticks.add(Ticks.tick(0, Ticks.at("10:00:00").plusSeconds(i), i, 10, 100));
    }
    run(over(ticks));
    MemorySink<ClosedWindow> paced = new MemorySink<>();
    long[] now = {0};
    List<Long> pauses = new ArrayList<>();
    run(StreamPipeline.<Tick, Tick>builder(tick -> tick, new TickFields(), SSE)
        .source(new ListSource<>("ticks", ticks))
        .sink(paced)
        .deadLetters(dead)
        .pacer(StreamPacer.atSpeed(10, () -> now[0], nanos -> {
          pauses.add(nanos);
          now[0] += nanos;
        })));
    assertThat(paced.payloads()).isEqualTo(windows.payloads());
    assertThat(now[0]).isEqualTo(4_900_000_000L);
    assertThat(pauses).hasSize(49);
  }

  @Test
  void whenRecordsArePassedOn_thenEachHasItsIdAndTheLatestWindowIsCached() {
    MemorySink<Tick> records = new MemorySink<>();
    LatestWindows cache = new LatestWindows();
    run(over(Ticks.tick(0, "10:00:01", 1, 10, 100), Ticks.tick(0, "10:00:40", 2, 11, 100))
        .recordSink(records)
        .sink(cache));
    assertThat(records.ids()).containsExactly("ticks@0", "ticks@1");
    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.of(Ticks.symbol(0)).orElseThrow().end()).isEqualTo(Ticks.at("10:01:30"));
    assertThat(cache.of(Ticks.symbol(1))).isEmpty();
    StreamMessage<ClosedWindow> old =
        new StreamMessage<>("old", -1, "k", Instant.EPOCH, windows.payloads().get(0));
    assertThat(cache.accept(old)).isFalse();
  }

  @Test
  void whenTooManyInstrumentsCome_thenTheRestIsSetAside() {
    StreamCounters counters =
        run(over(Ticks.tick(0, "10:00:01", 1, 10, 100), Ticks.tick(1, "10:00:01", 1, 10, 100))
            .mostKeys(1));
    assertThat(counters.processed()).isEqualTo(1);
    assertThat(dead.payloads().get(0).message()).contains("at most 1 instruments");
  }

  @Test
  void whenThePipelineIsIncomplete_thenItIsNotBuilt() {
    assertThatThrownBy(() -> StreamPipeline.<Tick, Tick>builder(t -> t, new TickFields(), SSE)
            .deadLetters(dead)
            .build())
        .hasMessageContaining("needs a source");
    assertThatThrownBy(() -> over().source(new ListSource<>("ticks", List.of())).build())
        .hasMessageContaining("one id");
    assertThatThrownBy(() -> new WindowSpec(
            Duration.ofSeconds(50), Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessageContaining("times its slide");
  }
}
