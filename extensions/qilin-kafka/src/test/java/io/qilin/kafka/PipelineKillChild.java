package io.qilin.kafka;

import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.testkit.fault.KilledChild;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A pipeline in a process that is killed. */
public final class PipelineKillChild {
  /** As it should be. */
  static final String RIGHT = "right";

  /** The planted fault: the checkpoint is made before the results are durable. */
  static final String EARLY = "early";

  private PipelineKillChild() {}

  /**
   * Runs until it is killed.
   *
   * @param args broker, topic of ticks, topic of windows, checkpoint, how it works
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    KafkaSettings settings = KafkaSettings.builder(args[0]).build();
    TickWindows stream = new TickWindows(settings, args[1], args[2], Path.of(args[3]));
    try (var pipeline = stream.pipeline(
        UnaryOperator.identity(),
        new Acknowledging(stream.sink().open(), out, !args[4].equals(EARLY), new AtomicInteger()),
        300)) {
      while (true) {
        if (pipeline.step() == 0) {
          LockSupport.parkNanos(100_000);
        }
      }
    }
  }

  /** Says that it was flushed, the second time and later: then the first checkpoint is there, and whenever the kill comes it is used. */
  private record Acknowledging(
      StreamSink<ClosedWindow> sink, PrintStream out, boolean flushes, AtomicInteger flushed)
      implements StreamSink<ClosedWindow> {
    @Override
    public boolean accept(StreamMessage<ClosedWindow> message) {
      return sink.accept(message);
    }

    @Override
    public void flush() {
      if (flushes) {
        sink.flush();
      }
      if (flushed.getAndIncrement() > 0) {
        out.println(KilledChild.ACK + "flushed");
      }
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
