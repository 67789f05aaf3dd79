package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.record.Tick;
import io.qilin.api.stream.StreamSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The process of scenario F14: JSON lines through a handler with a deadline to two files. */
final class StreamPoisonChild {
  private StreamPoisonChild() {}

  /**
   * Runs to the end, if it is let.
   *
   * @param args the folder; {@code handled}, or {@code fetched} for the planted fault; messages between two checkpoints;
   *     milliseconds of the deadline; the flushes after which it waits for the kill, or 0
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    ChildLines out = new ChildLines(Integer.parseInt(args[4]));
    StreamSource<ByteBuffer> source =
        JsonLinesSource.open("ticks", folder.resolve(StreamKillChild.TICKS), Poison.LONGEST, false);
    if (args[1].equals("fetched")) {
      source = new StreamKillChild.CommitsBeforeHandling(source);
    }
    ExecutorService handlers = Executors.newFixedThreadPool(2, work -> {
      Thread thread = new Thread(work, "handler");
      thread.setDaemon(true);
      return thread;
    });
    CountDownLatch never = new CountDownLatch(1);
    StreamPipeline<ByteBuffer, Tick> pipeline = StreamPipeline.builder(
            new JsonTicks(Ticks.SOURCE),
            new TickFields(),
            StreamSessions.of("day", Ticks.CALENDAR, date -> StreamKills.DAY))
        .source(source)
        .rules(TickRules.standard(new TickFields()))
        .enrich(tick -> handle(tick, never))
        .handlerDeadline(handlers, Duration.ofMillis(Long.parseLong(args[3])))
        .sink(new StreamKillChild.Acknowledging(
            FileStreamSink.open(folder.resolve(StreamKillChild.WINDOWS), new WindowCodec()), out))
        .deadLetters(
            FileStreamSink.open(folder.resolve(StreamKillChild.DEAD), new DeadLetterCodec()))
        .checkpoint(
            CheckpointFile.at(folder.resolve(StreamKillChild.CHECKPOINT)), Long.parseLong(args[2]))
        .build();
    long start = System.nanoTime();
    pipeline.run(new Cancellation());
    long took = System.nanoTime() - start;
    long cpu =
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    pipeline.close();
    StreamCounters counters = pipeline.counters();
    out.line("END " + counters.offered() + " " + counters.processed() + " "
        + counters.deadLettered() + " " + took + " " + cpu);
  }

  private static Tick handle(Tick tick, CountDownLatch never) {
    if (tick.of().equals(Ticks.symbol(Poison.THROWS))) {
      throw new QilinException(ErrorCode.NETWORK, "planted");
    }
    if (tick.of().equals(Ticks.symbol(Poison.HANGS))) {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return tick;
  }
}
