package io.qilin.ops.quota;

/** What one task of a strategy has used up to the last look at its thread. Used under the lock of the pool. */
final class TaskMeter {
  private final ThreadMeter meter;
  private final long threadId;
  private long cpuNanos;
  private long allocatedBytes;
  private long lookedAt;

  /** From now on, for the calling thread. */
  TaskMeter(ThreadMeter meter, long now) {
    this.meter = meter;
    this.threadId = Thread.currentThread().getId();
    this.cpuNanos = meter.cpuNanos(threadId);
    this.allocatedBytes = meter.allocatedBytes(threadId);
    this.lookedAt = now;
  }

  /** Counts what was used since the last look; a thread that is gone, or not counted, adds nothing. */
  void look(SlidingSum cpu, SlidingSum allocation, long now) {
    long cpuNow = meter.cpuNanos(threadId);
    if (cpuNow >= 0 && cpuNanos >= 0) {
      cpu.add(lookedAt, now, Math.max(0, cpuNow - cpuNanos));
      cpuNanos = cpuNow;
    }
    long allocatedNow = meter.allocatedBytes(threadId);
    if (allocatedNow >= 0 && allocatedBytes >= 0) {
      allocation.add(lookedAt, now, Math.max(0, allocatedNow - allocatedBytes));
      allocatedBytes = allocatedNow;
    }
    lookedAt = now;
  }
}
