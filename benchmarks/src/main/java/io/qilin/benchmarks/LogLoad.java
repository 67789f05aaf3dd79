package io.qilin.benchmarks;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.util.FileSize;
import io.qilin.ops.logging.LogOutcome;
import io.qilin.ops.logging.logback.CappedFileAppender;
import io.qilin.ops.logging.logback.SampledAppender;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What do 100,000 lines a second from eight threads cost, in processor time and in the time of the caller?
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.LogLoad FOLDER [SECONDS] [ROUNDS]
 * </pre>
 *
 * <p>In turns, in one process: nothing but the pacing; Qilin with every line written as JSON, masked; Qilin with its default
 * rates; Logback's {@code AsyncAppender} with a pattern and a file, which never blocks, with a queue of the same length. The share is the
 * processor time of callers and writer, as a part of one core; that of the pacing is in it. Each line is a round.
 */
public final class LogLoad {
  private static final int THREADS = 8;
  private static final int PER_SECOND = 100_000;
  private static final int TURN = 125;
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1) * TURN * THREADS / PER_SECOND;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private LogLoad() {}

  /**
   * Measures and prints.
   *
   * @param args a folder on the disk to measure, seconds of each round (5 unless given), rounds (3 unless given)
   * @throws IOException if the folder cannot be written
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (int round = 0; round < rounds; round++) {
      Path folder = Files.createTempDirectory(Path.of(args[0]), "log");
      out.println("pacing alone    " + run(seconds, new LoggerContext(), null, "-"));
      LoggerContext all = new LoggerContext();
      out.println("qilin, all      " + qilin(seconds, all, folder.resolve("all"), 10_000_000));
      LoggerContext rates = new LoggerContext();
      out.println("qilin, sampled  " + qilin(seconds, rates, folder.resolve("sampled"), 1_000));
      LoggerContext logback = new LoggerContext();
      out.println("AsyncAppender   " + async(seconds, logback, folder.resolve("logback.log")));
    }
  }

  private static String qilin(int seconds, LoggerContext context, Path folder, int perSecond)
      throws InterruptedException {
    CappedFileAppender file = new CappedFileAppender();
    file.setContext(context);
    file.useFolder(folder);
    file.setTotalSize(FileSize.valueOf("64MB"));
    file.start();
    SampledAppender appender = new SampledAppender();
    appender.setName("load");
    appender.setLinesPerSecond(perSecond);
    appender.setBurst(Math.min(2 * perSecond, 10_000_000));
    appender.addAppender(file);
    String line = run(seconds, context, appender, "qilin-log-load");
    return line + ", written " + appender.account().count(LogOutcome.WRITTEN) + ", sampled out "
        + appender.account().count(LogOutcome.SAMPLED) + ", dropped "
        + appender.account().count(LogOutcome.DROPPED);
  }

  private static String async(int seconds, LoggerContext context, Path file)
      throws IOException, InterruptedException {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{ISO8601} %-5level [%thread] %logger %X{stock:-N/A} - %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> sink = new FileAppender<>();
    sink.setContext(context);
    sink.setFile(file.toString());
    sink.setEncoder(encoder);
    sink.setImmediateFlush(false);
    sink.start();
    AsyncAppender appender = new AsyncAppender();
    appender.setContext(context);
    appender.setName("load");
    appender.setQueueSize(8_192);
    appender.setNeverBlock(true);
    appender.addAppender(sink);
    String line = run(seconds, context, appender, "AsyncAppender-Worker-load");
    try (var lines = Files.lines(file)) {
      return line + ", written " + lines.count();
    }
  }

  private static String run(
      int seconds, LoggerContext context, Appender<ILoggingEvent> appender, String writer)
      throws InterruptedException {
    LogbackMDCAdapter fields = new LogbackMDCAdapter();
    context.setMDCAdapter(fields);
    Logger logger = context.getLogger("io.host.Desk");
    logger.setLevel(Level.INFO);
    if (appender != null) {
      appender.setContext(context);
      appender.start();
      logger.addAppender(appender);
    }
    Histogram nanos = new ConcurrentHistogram(3);
    AtomicLong cpu = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int t = 0; t < THREADS; t++) {
      threads.add(new Thread(() -> {
        fields.put("stock", "600519.SH");
        pace(seconds, start, nanos, i -> {
          if (appender != null) {
            logger.info("order {} of {} lots at 1688.00 was taken by the exchange", i, TURN);
          }
        });
        cpu.addAndGet(CPU.getCurrentThreadCpuTime());
      }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    long took = System.nanoTime() - start;
    cpu.addAndGet(cpuOf(writer));
    context.stop();
    return String.format(
        Locale.ROOT,
        "%5.1f %% of a core, %,7.0f events/s, call p50 %.1f us, p99 %.1f us, max %.1f ms",
        cpu.get() * 100.0 / took,
        nanos.getTotalCount() * 1e9 / took,
        nanos.getValueAtPercentile(50) / 1e3,
        nanos.getValueAtPercentile(99) / 1e3,
        nanos.getMaxValue() / 1e6);
  }

  /** One call of a caller. */
  private interface Call {
    void at(int i);
  }

  private static void pace(int seconds, long start, Histogram nanos, Call call) {
    int each = seconds * PER_SECOND / THREADS;
    for (int i = 0; i < each; i++) {
      if (i % TURN == 0) {
        long until = start + i / TURN * TURN_NANOS;
        while (until - System.nanoTime() > 0) {
          LockSupport.parkNanos(until - System.nanoTime());
        }
      }
      long begun = System.nanoTime();
      call.at(i);
      nanos.recordValue(System.nanoTime() - begun);
    }
  }

  private static long cpuOf(String name) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        return CPU.getThreadCpuTime(thread.getId());
      }
    }
    return 0;
  }
}
