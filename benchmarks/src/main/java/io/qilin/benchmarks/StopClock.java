package io.qilin.benchmarks;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/** Which clock times are taken with. */
final class StopClock {
  private StopClock() {}

  /**
   * The clock of that name, in nanoseconds.
   *
   * @param name {@code wall}, or {@code cpu} for the processor time of the calling thread: on a machine that others use
   *     too it tells how long the work would have taken alone, as far as one thread does it all; what the collector and
   *     the compiler do beside is left out
   * @param threads that compute
   * @throws QilinException INVALID_ARGUMENT for another name, or {@code cpu} with more than one thread; UNSUPPORTED where
   *     the JVM knows no processor time
   */
  static LongSupplier named(String name, int threads) {
    return switch (name) {
      case "wall" -> System::nanoTime;
      case "cpu" -> cpu(threads);
      default ->
        throw QilinException.invalid("--clock is wall or cpu, was " + QilinException.quote(name));
    };
  }

  private static LongSupplier cpu(int threads) {
    if (threads > 1) {
      throw QilinException.invalid(
          "--clock cpu sees the calling thread only; take --threads 1 or --clock wall");
    }
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    if (!bean.isCurrentThreadCpuTimeSupported()) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED, "this JVM knows no processor time; take --clock wall");
    }
    bean.setThreadCpuTimeEnabled(true);
    return bean::getCurrentThreadCpuTime;
  }
}
