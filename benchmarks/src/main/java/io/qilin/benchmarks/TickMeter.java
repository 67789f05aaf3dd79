package io.qilin.benchmarks;

import com.sun.management.ThreadMXBean;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.bench.Timings;
import java.lang.management.ManagementFactory;

/**
 * How long single ticks take, and how much they allocate on the calling thread.
 *
 * @param latency of each tick
 * @param bytesPerTick allocated, the mean over all ticks
 */
record TickMeter(Timings latency, double bytesPerTick) {
  /**
   * Measures ticks one by one.
   *
   * @param warmup ticks that do not count
   * @param ticks that count, at least one
   * @throws QilinException UNSUPPORTED where the JVM does not count allocations
   */
  static TickMeter measure(Runnable tick, int warmup, int ticks) {
    ThreadMXBean threads = allocations();
    for (int i = 0; i < warmup; i++) {
      tick.run();
    }
    long[] nanos = new long[ticks];
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ticks; i++) {
      long start = System.nanoTime();
      tick.run();
      nanos[i] = System.nanoTime() - start;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    return new TickMeter(Timings.of(nanos), (double) allocated / ticks);
  }

  private static ThreadMXBean allocations() {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        && threads.isThreadAllocatedMemorySupported()) {
      threads.setThreadAllocatedMemoryEnabled(true);
      // The first call loads classes.
      threads.getCurrentThreadAllocatedBytes();
      return threads;
    }
    throw new QilinException(
        ErrorCode.UNSUPPORTED, "this JVM does not count what a thread allocates; take HotSpot");
  }
}
