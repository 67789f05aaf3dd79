package io.qilin.ops.quota;

import io.qilin.api.error.QilinException;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one strategy may use. Immutable.
 *
 * @param maxWorkers leases at a time, at least 1; empty: as many as the pool has
 * @param cpuShare of the time of all processors together, in (0, 1], over ten seconds: 0.25 of four is one; empty: all
 * @param allocationBytesPerSecond bytes of heap allocated by its tasks, over ten seconds, at least 1; empty: any number
 * @param gpuMemoryBytes memory of graphics cards at which no further lease is given, at least 1; empty: any number
 * @param weight its share of a pool that others wait for too, from 1 to 1,000, beside theirs
 */
public record Quota(
    OptionalInt maxWorkers,
    OptionalDouble cpuShare,
    OptionalLong allocationBytesPerSecond,
    OptionalLong gpuMemoryBytes,
    int weight) {
  /** The most that a weight can be. */
  public static final int MAX_WEIGHT = 1_000;

  /** Whatever the pool has, with weight 1. */
  public static final Quota UNLIMITED = builder().build();

  /** One worker; what a strategy gets that nobody registered, unless another default is set. */
  public static final Quota ONE_WORKER = workers(1);

  /**
   * Checks the figures.
   *
   * @throws QilinException INVALID_ARGUMENT if one is out of range
   */
  public Quota {
    if (maxWorkers.isPresent() && maxWorkers.getAsInt() < 1) {
      throw QilinException.invalid("maxWorkers must be at least 1, was " + maxWorkers.getAsInt());
    }
    if (cpuShare.isPresent() && !(cpuShare.getAsDouble() > 0 && cpuShare.getAsDouble() <= 1)) {
      throw QilinException.invalid(
          "cpuShare must be more than 0 and at most 1, was " + cpuShare.getAsDouble());
    }
    positive("allocationBytesPerSecond", allocationBytesPerSecond);
    positive("gpuMemoryBytes", gpuMemoryBytes);
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw QilinException.invalid("weight must be 1 to " + MAX_WEIGHT + ", was " + weight);
    }
  }

  private static void positive(String name, OptionalLong value) {
    if (value.isPresent() && value.getAsLong() < 1) {
      throw QilinException.invalid(name + " must be at least 1, was " + value.getAsLong());
    }
  }

  /** So many workers, and no other limit. */
  public static Quota workers(int maxWorkers) {
    return builder().maxWorkers(maxWorkers).build();
  }

  /** A quota without limits, to be narrowed. */
  public static Builder builder() {
    return new Builder();
  }

  /** Puts a quota together; not thread-safe. */
  public static final class Builder {
    private OptionalInt maxWorkers = OptionalInt.empty();
    private OptionalDouble cpuShare = OptionalDouble.empty();
    private OptionalLong allocationBytesPerSecond = OptionalLong.empty();
    private OptionalLong gpuMemoryBytes = OptionalLong.empty();
    private int weight = 1;

    private Builder() {}

    /** Leases at a time; as many as the pool has unless set. */
    public Builder maxWorkers(int workers) {
      maxWorkers = OptionalInt.of(workers);
      return this;
    }

    /** A share of the time of all processors, in (0, 1]; no limit unless set. */
    public Builder cpuShare(double share) {
      cpuShare = OptionalDouble.of(share);
      return this;
    }

    /** Bytes of heap allocated in a second; no limit unless set. */
    public Builder allocationBytesPerSecond(long bytes) {
      allocationBytesPerSecond = OptionalLong.of(bytes);
      return this;
    }

    /** Bytes of memory of graphics cards; no limit unless set. */
    public Builder gpuMemoryBytes(long bytes) {
      gpuMemoryBytes = OptionalLong.of(bytes);
      return this;
    }

    /** The share of a contended pool, 1 to 1,000; 1 unless set. */
    public Builder weight(int share) {
      weight = share;
      return this;
    }

    /**
     * The quota.
     *
     * @throws QilinException INVALID_ARGUMENT if a figure is out of range
     */
    public Quota build() {
      return new Quota(maxWorkers, cpuShare, allocationBytesPerSecond, gpuMemoryBytes, weight);
    }
  }
}
