package io.qilin.ops.quota;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What threads have used since they began, as the JVM counts it. Safe to share between threads; no method blocks. */
interface ThreadMeter {
  /** Nanoseconds of processor time; negative where it is not known. */
  long cpuNanos(long threadId);

  /** Bytes of heap; negative where they are not known. */
  long allocatedBytes(long threadId);

  /** Whether processor time is counted. */
  boolean countsCpu();

  /** Whether allocation is counted. */
  boolean countsAllocation();

  /** The JVM's own counts, by its management interface. */
  static ThreadMeter ofJvm() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    boolean cpu = threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();
    com.sun.management.ThreadMXBean more = threads instanceof com.sun.management.ThreadMXBean known
            && known.isThreadAllocatedMemorySupported()
            && known.isThreadAllocatedMemoryEnabled()
        ? known
        : null;
    return new ThreadMeter() {
      @Override
      public long cpuNanos(long threadId) {
        return cpu ? threads.getThreadCpuTime(threadId) : -1;
      }

      @Override
      public long allocatedBytes(long threadId) {
        return more == null ? -1 : more.getThreadAllocatedBytes(threadId);
      }

      @Override
      public boolean countsCpu() {
        return cpu;
      }

      @Override
      public boolean countsAllocation() {
        return more != null;
      }
    };
  }
}
