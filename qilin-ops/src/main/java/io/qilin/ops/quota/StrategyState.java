package io.qilin.ops.quota;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is known of one strategy. Used under the lock of the pool. */
final class StrategyState {
  /** Virtual time that one lease of weight 1 costs. */
  static final long STRIDE = 1L << 20;

  private static final long LOOK_EVERY_NANOS = 100_000_000L;

  final String name;
  final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
  final List<LeaseSlot> running = new ArrayList<>();
  final SlidingSum cpu;
  final SlidingSum allocation;
  final SlidingSum busy;

  Quota quota;
  boolean registered;
  int held;
  long tag;
  int queued;
  long granted;
  long waits;
  long refusals;
  long leaks;

  private int maxWorkers;
  private long cpuNanos;
  private long allocationBytes;
  private long gpuBytes;
  private int weight;
  private long stride;
  private long lookedAt;
  private long heldSince;
  private long busyNanos;
  private long toldBusyAt;

  StrategyState(String name, Quota quota, int permits, int cores, long now) {
    this.name = name;
    this.cpu = new SlidingSum(now);
    this.allocation = new SlidingSum(now);
    this.busy = new SlidingSum(now);
    this.lookedAt = now - LOOK_EVERY_NANOS;
    this.heldSince = now;
    this.toldBusyAt = now;
    this.quota = quota;
    set(quota, permits, cores);
  }

  /** Another quota, from the next lease on. */
  void set(Quota next, int permits, int cores) {
    double seconds = SlidingSum.WINDOW_NANOS / 1e9;
    quota = next;
    maxWorkers = Math.min(next.maxWorkers().orElse(permits), permits);
    cpuNanos = next.cpuShare().isEmpty()
        ? Long.MAX_VALUE
        : Math.max(1, (long) (next.cpuShare().getAsDouble() * cores * SlidingSum.WINDOW_NANOS));
    allocationBytes = next.allocationBytesPerSecond().isEmpty()
        ? Long.MAX_VALUE
        : (long) (next.allocationBytesPerSecond().getAsLong() * seconds);
    gpuBytes = next.gpuMemoryBytes().orElse(Long.MAX_VALUE);
    weight = next.weight();
    stride = STRIDE / weight;
  }

  int maxWorkers() {
    return maxWorkers;
  }

  int weight() {
    return weight;
  }

  long stride() {
    return stride;
  }

  boolean active() {
    return held > 0 || !waiters.isEmpty();
  }

  /** Whether nothing would be lost if it were forgotten. */
  boolean forgettable(long now) {
    return !registered && !active() && cpu.sum(now) == 0 && allocation.sum(now) == 0;
  }

  /** One more or fewer workers from now on. */
  void hold(int change, long now) {
    charge(now);
    held += change;
  }

  private void charge(long now) {
    busyNanos += held * (now - heldSince);
    heldSince = now;
  }

  /** What stands in the way of one more lease, beside the pool; null if nothing does. */
  @Nullable
  QuotaLimit limit(@Nullable GpuMeter gpu, long now) {
    if (held >= maxWorkers) {
      return QuotaLimit.WORKERS;
    }
    if (cpuNanos != Long.MAX_VALUE || allocationBytes != Long.MAX_VALUE) {
      if (!running.isEmpty() && now - lookedAt >= LOOK_EVERY_NANOS) {
        look(now);
      }
      if (cpu.sum(now) >= cpuNanos) {
        return QuotaLimit.CPU;
      }
      if (allocation.sum(now) >= allocationBytes) {
        return QuotaLimit.ALLOCATION;
      }
    }
    if (gpuBytes != Long.MAX_VALUE
        && gpu != null
        && gpu.usedBytes(name, now).orElse(-1) >= gpuBytes) {
      return QuotaLimit.GPU_MEMORY;
    }
    return null;
  }

  /** Nanoseconds after which the limit may be gone by itself; 0 where nobody can tell. */
  long untilFree(QuotaLimit limit, long now) {
    return switch (limit) {
      case CPU -> cpu.untilLess(cpuNanos, now);
      case ALLOCATION -> allocation.untilLess(allocationBytes, now);
      default -> 0;
    };
  }

  /** Looks at the threads of its tasks. */
  void look(long now) {
    for (LeaseSlot slot : running) {
      TaskMeter task = slot.task;
      if (task != null) {
        task.look(cpu, allocation, now);
      }
    }
    lookedAt = now;
  }

  /** How it is, after a look at its tasks. */
  QuotaUsage usage(@Nullable GpuMeter gpu, int cores, long now) {
    look(now);
    charge(now);
    busy.add(toldBusyAt, now, busyNanos);
    toldBusyAt = now;
    busyNanos = 0;
    double window = SlidingSum.WINDOW_NANOS;
    return new QuotaUsage(
        name,
        quota,
        registered,
        held,
        busy.sum(now) / window,
        waiters.size(),
        cpu.sum(now) / window / cores,
        allocation.sum(now) / (window / 1e9),
        gpu == null ? OptionalLong.empty() : gpu.usedBytes(name, now),
        granted,
        waits,
        refusals,
        leaks);
  }
}
