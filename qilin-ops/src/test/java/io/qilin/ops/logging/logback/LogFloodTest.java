package io.qilin.ops.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.util.Duration;
import io.qilin.ops.logging.LogAccount;
import io.qilin.ops.logging.LogLevel;
import io.qilin.ops.logging.LogOutcome;
import io.qilin.testkit.Await;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** Scenario F11: 100,000 events a second from 8 threads into a sink that is slow and then stands still; n is in seconds. */
@Tag("fault")
@Tag("F11")
class LogFloodTest {
  private static final int THREADS = 8;
  private static final int PER_SECOND = 100_000;
  private static final int TURN = 125;
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1) * TURN * THREADS / PER_SECOND;
  private static final Marker AUDIT = MarkerFactory.getMarker("AUDIT");
  private static final String TEXT =
      "order {} of 600519.SH at 1688.00, which is a line of about the usual"
          + " length with a few more words at its end so that a second has some 20 MB";

  @TempDir
  Path folder;

  @Test
  void whenTheSinkIsSlowAndStands_thenImportantLinesAreAllThereAndTheAccountIsExact()
      throws Exception {
    FaultRun run = FaultRun.of("F11", 1);
    LogHost host = new LogHost();
    CappedFileAppender file = new CappedFileAppender();
    file.setContext(host.context);
    file.useFolder(folder);
    file.setFileSize(ch.qos.logback.core.util.FileSize.valueOf("4MB"));
    file.setTotalSize(ch.qos.logback.core.util.FileSize.valueOf("16MB"));
    file.start();
    ThrottledSink sink = new ThrottledSink(file, 10_000_000);
    sink.setContext(host.context);
    sink.start();
    SampledAppender appender = new SampledAppender();
    appender.setName("flood");
    appender.setLinesPerSecond(10_000_000);
    appender.setBurst(1_000_000);
    appender.setDrainTime(Duration.buildByMinutes(1));
    appender.addAppender(sink);
    host.attach(appender);

    Map<String, Long> figures = new TreeMap<>();
    long whole = TimeUnit.SECONDS.toNanos(run.n());
    List<long[]> nanos = Stream.generate(() -> new long[run.n() * PER_SECOND / THREADS])
        .limit(THREADS)
        .toList();
    long before = usedHeap();
    flood(host, nanos, () -> {
      LockSupport.parkNanos(whole / 2);
      sink.stand(Math.min(TimeUnit.SECONDS.toNanos(5), whole / 5));
      LockSupport.parkNanos(whole / 2 - whole / 20);
      sink.stand(whole / 20 + TimeUnit.SECONDS.toNanos(2));
    });
    // The sink stands and the queues are full. Collecting garbage stops all threads: not while
    // calls are timed.
    figures.put("heapMiB", (usedHeap() - before) >> 20);
    appender.stop();
    host.context.stop();

    LogAccount account = appender.account();
    long failures = 0;
    for (LogLevel level : LogLevel.values()) {
      long settled = 0;
      for (LogOutcome outcome : LogOutcome.values()) {
        settled += account.count(level, outcome);
      }
      failures += settled == account.offered(level) ? 0 : 1;
      failures += sink.written(level) == account.count(level, LogOutcome.WRITTEN) ? 0 : 1;
    }
    long important = account.count(LogLevel.ERROR, LogOutcome.WRITTEN);
    failures += important == account.offered(LogLevel.ERROR) ? 0 : 1;
    failures += sink.audits() == (long) run.n() * PER_SECOND / 1_000 ? 0 : 1;
    long cap = size(folder);
    failures += cap <= 16 << 20 ? 0 : 1;
    long[] all = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    figures.put("offered", account.offered());
    figures.put("written", account.count(LogOutcome.WRITTEN));
    figures.put("sampled", account.count(LogOutcome.SAMPLED));
    figures.put("dropped", account.count(LogOutcome.DROPPED));
    figures.put("errors", important);
    figures.put("p99Micros", all[all.length * 99 / 100] / 1_000);
    figures.put("maxMicros", all[all.length - 1] / 1_000);
    figures.put("fileBytes", cap);
    System.out.println(run.report(failures, figures));
    assertThat(failures).as(figures.toString()).isZero();
    assertThat(account.offered()).isEqualTo((long) run.n() * PER_SECOND);
  }

  /** In each thread a turn of 125 events each 10 ms; takes the nanoseconds of each call. */
  private static void flood(LogHost host, List<long[]> nanos, Runnable meanwhile)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int t = 0; t < nanos.size(); t++) {
      long[] own = nanos.get(t);
      int first = t * own.length;
      threads.add(new Thread(() -> {
        for (int i = 0; i < own.length; i++) {
          if (i % TURN == 0) {
            long until = start + i / TURN * TURN_NANOS;
            while (until - System.nanoTime() > 0) {
              LockSupport.parkNanos(until - System.nanoTime());
            }
          }
          long begun = System.nanoTime();
          one(host, first + i);
          own[i] = System.nanoTime() - begun;
        }
      }));
    }
    threads.forEach(Thread::start);
    meanwhile.run();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void one(LogHost host, int i) {
    if (i % 100 == 0) {
      host.logger.error(TEXT, i);
    } else if (i % 1_000 == 1) {
      host.logger.info(AUDIT, TEXT, i);
    } else {
      host.logger.info(TEXT, i);
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void whenTheAppenderBlocks_thenItsCallersAreSeenToStandAndThoseOfTheSampledOneAreNot()
      throws Exception {
    AsyncAppender blocking = new AsyncAppender();
    blocking.setQueueSize(64);
    blocking.setDiscardingThreshold(0);
    assertThat(stands(blocking, LogFloodTest::allWait))
        .as("the control must be caught")
        .isTrue();
    SampledAppender sampled = new SampledAppender();
    sampled.setName("held");
    // By chance they may all be seen to wait for each other: that is not what is looked for.
    assertThat(stands(sampled, callers -> false)).isFalse();
  }

  private static boolean allWait(List<Thread> callers) {
    return callers.stream()
        .allMatch(caller -> !caller.isAlive() || caller.getState() == Thread.State.WAITING);
  }

  /** Whether callers stand while the sink does: more events than any queue of the control has room for. */
  private static <
          A extends
              Appender<ILoggingEvent> & ch.qos.logback.core.spi.AppenderAttachable<ILoggingEvent>>
      boolean stands(A appender, Predicate<List<Thread>> over) throws InterruptedException {
    int each = 100;
    LogHost host = new LogHost();
    GateSink sink = new GateSink();
    sink.hold();
    appender.setContext(host.context);
    appender.addAppender(sink);
    host.attach(appender);
    AtomicInteger returned = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      threads.add(new Thread(() -> {
        for (int i = 0; i < each; i++) {
          host.logger.error("event {}", i);
          returned.incrementAndGet();
        }
      }));
    }
    threads.forEach(Thread::start);
    sink.awaitStanding();
    Await.until(
        "all return, or wait for room",
        () -> returned.get() == THREADS * each || over.test(threads));
    boolean stand = returned.get() < THREADS * each;
    sink.release();
    for (Thread thread : threads) {
      thread.join();
    }
    host.context.stop();
    return stand;
  }
}
