package io.qilin.benchmarks;

import io.qilin.core.report.NumberText;
import io.qilin.data.bench.Machine;
import io.qilin.data.stream.CheckpointFile;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.StreamPipeline;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How long do a checkpoint and going on from it take, and do they fit beside the state? Each share trades twice in 30 s, so
 * that each window is one more value of its histories, which are full after 100.
 *
 * <pre>
 * java -Xmx512m -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.StreamCheckpoint --keys 100000 --windows 101
 * </pre>
 *
 * <p>The last figures are in {@code docs/benchmarks.md}.
 */
public final class StreamCheckpoint {
  private static final long PANE_NANOS = 30_000_000_000L;
  private static final int BATCH = 4096;

  private StreamCheckpoint() {}

  /**
   * Runs and prints a line for each part.
   *
   * @param args {@code --keys} shares; {@code --windows} windows before the checkpoint
   */
  public static void main(String[] args) throws IOException {
    Arguments arguments =
        Arguments.parse(List.of(args), Map.of("keys", "100000", "windows", "101"));
    int keys = arguments.count("keys", 1);
    long messages = 2L * keys * arguments.count("windows", 1);
    Path folder = Files.createTempDirectory("stream-checkpoint");
    Path path = folder.resolve("checkpoint");
    System.out.println(Machine.current());
    try {
      StreamPipeline<ByteBuffer, PackedTick> first = pipeline(keys, path).build();
      for (long taken = 0; taken < messages; ) {
        taken += first.step();
      }
      line("state of " + first.counters().windows() + " windows", 0);
      long start = System.nanoTime();
      boolean made = first.checkpoint();
      line("checkpoint of " + Files.size(path) / 1_000_000 + " MB, made: " + made, start);
      first.close();
      first = pipeline(1, folder.resolve("none")).build();
      start = System.nanoTime();
      StreamPipeline<ByteBuffer, PackedTick> second = pipeline(keys, path).build();
      line("going on from it", start);
      System.out.println(second.step() + " more messages, " + second.counters());
      first.close();
      second.close();
    } finally {
      Files.deleteIfExists(path);
      Files.delete(folder);
    }
  }

  private static PipelineBuilder<ByteBuffer, PackedTick> pipeline(int keys, Path checkpoint) {
    return new StreamFeed(keys, PANE_NANOS / keys / 2)
        .pipeline(new StreamFeed.Counting<DeadLetter>())
        .sink(new StreamFeed.Counting<ClosedWindow>())
        .batch(BATCH)
        .mostKeys(keys)
        .checkpoint(CheckpointFile.at(checkpoint), Long.MAX_VALUE);
  }

  private static void line(String what, long startNanos) {
    String took = startNanos == 0
        ? ""
        : ": " + NumberText.fixed((System.nanoTime() - startNanos) / 1e6, 0) + " ms";
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    System.out.println(
        what + took + "; heap after collection " + NumberText.fixed(used / 1048576.0, 1) + " MiB");
  }
}
