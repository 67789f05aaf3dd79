package io.qilin.benchmarks;

import com.sun.management.ThreadMXBean;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.report.NumberText;
import io.qilin.data.bench.Machine;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.LatestWindows;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.StreamCounters;
import io.qilin.data.stream.StreamPipeline;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A stream at a steady rate for minutes: what latency it adds, and whether its memory stays flat. Messages are due at fixed
 * times, and a latency is from when a message was due until the step that took it has ended, so that a pause counts for all
 * that came due meanwhile (no coordinated omission).
 *
 * <pre>
 * java -Xmx256m -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.StreamSoak --minutes 30 --rate 1000000 --keys 5000
 * </pre>
 *
 * <p>With {@code --bad 1000} of each thousand messages one is late and one cannot be read, so that both are set aside.
 *
 * <p>Between messages it spins, which takes a whole core and gives the shortest latencies. With {@code --rest} it parks
 * instead, for a run about memory that leaves the core to others.
 */
public final class StreamSoak {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST = 100 * SECOND;

  private StreamSoak() {}

  /**
   * Runs and prints a line from time to time.
   *
   * @param args {@code --minutes}, also parts of one; {@code --rate} records a second; {@code --keys} shares; {@code --warmup}
   *     seconds; {@code --line} seconds from one line to the next; {@code --rest} microseconds to park when nothing is due, 0 to
   *     spin; {@code --bad} of how many messages one is late and one unreadable, 0 for none; {@code --speed} seconds of event
   *     time in a second, so that histories, which are full after 100 windows, fill sooner
   */
  public static void main(String[] args) {
    Arguments arguments = Arguments.parse(
        List.of(args),
        Map.of(
            "minutes", "5", "rate", "1000000", "keys", "5000", "warmup", "10", "line", "30", "rest",
            "0", "bad", "0", "speed", "1"));
    int rate = arguments.count("rate", 1);
    StreamFeed feed = new StreamFeed(
        arguments.count("keys", 1),
        SECOND * arguments.count("speed", 1) / rate,
        arguments.count("bad", 0));
    StreamFeed.Counting<DeadLetter> dead = new StreamFeed.Counting<>();
    StreamFeed.Counting<ClosedWindow> windows = new StreamFeed.Counting<>();
    StreamPipeline<ByteBuffer, PackedTick> pipeline =
        feed.pipeline(dead).sink(new LatestWindows()).sink(windows).batch(256).build();
    System.out.println(Machine.current());
    Steady steady = new Steady(feed, pipeline, rate, arguments.count("rest", 0) * 1000L);
    steady.run(arguments.count("warmup", 0) * SECOND, new Histogram(LONGEST, 3));
    Histogram all = new Histogram(LONGEST, 3);
    int seconds = arguments.count("line", 1);
    long lines = Math.max(1, Math.round(arguments.share("minutes") * 60 / seconds));
    for (long i = 0; i < lines; i++) {
      Histogram part = new Histogram(LONGEST, 3);
      long before = allocated();
      long recordsBefore = feed.position();
      steady.run(seconds * SECOND, part);
      long records = feed.position() - recordsBefore;
      double bytes = (double) (allocated() - before) / records;
      line(seconds + " s", part, bytes);
      StreamCounters now = pipeline.counters();
      System.out.println("  so far " + now.offered() + " records, " + now.late() + " late, "
          + now.deadLettered() + " unreadable, " + dead.taken() + " letters, " + now.windows()
          + " windows");
      all.add(part);
    }
    line("all", all, Double.NaN);
    StreamCounters counters = pipeline.counters();
    System.out.println(
        counters + ", windows taken " + windows.taken() + ", dead letters " + dead.taken());
  }

  /** The clock of the run: message {@code i} is due at {@code origin + i · step}. */
  private record Steady(
      StreamFeed feed, StreamPipeline<ByteBuffer, PackedTick> pipeline, int rate, long restNanos) {
    void run(long nanos, Histogram latency) {
      long first = feed.position();
      long origin = System.nanoTime();
      double step = (double) SECOND / rate;
      long done = 0;
      while (true) {
        long now = System.nanoTime() - origin;
        if (now >= nanos) {
          return;
        }
        long due = (long) (now / step) + 1;
        if (due > done) {
          feed.allow(first + due);
          int taken = pipeline.step();
          long end = System.nanoTime() - origin;
          for (long i = done; i < done + taken; i++) {
            latency.recordValue(Math.min(LONGEST, Math.max(0, end - (long) (i * step))));
          }
          done += taken;
        } else if (restNanos == 0) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(restNanos);
        }
      }
    }
  }

  private static long allocated() {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
      return threads.getCurrentThreadAllocatedBytes();
    }
    throw new QilinException(
        ErrorCode.UNSUPPORTED, "this JVM does not count what a thread allocates; take HotSpot");
  }

  private static void line(String what, Histogram latency, double bytesPerRecord) {
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    System.out.println(what + ": " + latency.getTotalCount() + " records, latency µs p50 "
        + micros(latency, 50) + ", p99 " + micros(latency, 99) + ", p99.9 " + micros(latency, 99.9)
        + ", max " + micros(latency, 100) + "; heap after collection "
        + NumberText.fixed(used / 1048576.0, 1) + " MiB, allocated "
        + NumberText.fixed(bytesPerRecord, 2) + " bytes a record");
  }

  private static String micros(Histogram latency, double percentile) {
    return NumberText.fixed(latency.getValueAtPercentile(percentile) / 1e3, 1);
  }
}
