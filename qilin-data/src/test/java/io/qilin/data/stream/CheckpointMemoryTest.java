package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint takes a buffer, whatever the number of instruments. */
class CheckpointMemoryTest {
  private static final int KEYS = 100_000;

  @TempDir
  Path folder;

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    for (String time : List.of("10:00:00", "10:00:31", "10:01:05")) {
      Instant moment = Ticks.at(time);
      for (int i = 0; i < KEYS; i++) {
        ticks.add(new Tick(
            Symbol.other("K" + i),
            moment,
            moment,
            Ticks.SOURCE,
            Tick.NO_SEQUENCE,
            10,
            100,
            1000,
            TradingPhase.CONTINUOUS));
      }
    }
    return ticks;
  }

  private PipelineBuilder<Tick, Tick> over(List<Tick> ticks) {
    return StreamPipeline.<Tick, Tick>builder(
            tick -> tick, new TickFields(), StreamSessions.roundTheClock())
        .source(new ListSource<>("ticks", ticks))
        .deadLetters(new MemorySink<>())
        .mostKeys(KEYS)
        .batch(3 * KEYS)
        .checkpoint(CheckpointFile.at(folder.resolve("checkpoint")), Long.MAX_VALUE);
  }

  @Test
  void whenThereAreAHundredThousandKeys_thenACheckpointIsWrittenThroughABuffer()
      throws IOException {
    StreamPipeline<Tick, Tick> pipeline = over(ticks()).build();
    pipeline.step();
    assertThat(pipeline.counters().windows()).isPositive();
    long before = allocated();
    assertThat(pipeline.checkpoint()).isTrue();
    long taken = allocated() - before;
    assertThat(Files.size(folder.resolve("checkpoint"))).isGreaterThan(KEYS * 200L);
    assertThat(taken).as("the names of the instruments, and a buffer").isLessThan(KEYS * 180L);
  }

  @Test
  void whenAHistoryHasOneValue_thenItTakesTheMemoryOfAFew() {
    ValueHistory[] histories = new ValueHistory[1000];
    long before = allocated();
    for (int i = 0; i < histories.length; i++) {
      histories[i] = new ValueHistory(1000);
      histories[i].add(i);
    }
    assertThat(allocated() - before).isLessThan(300L * histories.length);
  }
}
