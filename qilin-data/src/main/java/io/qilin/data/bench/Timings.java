package io.qilin.data.bench;

import io.qilin.api.error.QilinException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongSupplier;

/** How long the same work took, several times. Immutable and safe to share. */
public final class Timings {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sorted;

  private Timings(long[] sorted) {
    this.sorted = sorted;
  }

  /**
   * The given times.
   *
   * @param nanos nanoseconds, in any order, at least one; copied
   * @throws QilinException INVALID_ARGUMENT if there is none
   */
  public static Timings of(long... nanos) {
    if (nanos.length == 0) {
      throw QilinException.invalid("timings need at least one run");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Timings(sorted);
  }

  /**
   * Does the work several times.
   *
   * @param runs how often, at least once
   * @param nanoTime a clock in nanoseconds from any origin that does not go back
   * @throws QilinException INVALID_ARGUMENT for less than one run
   */
  public static Timings measure(int runs, LongSupplier nanoTime, Runnable work) {
    Objects.requireNonNull(nanoTime, "nanoTime");
    Objects.requireNonNull(work, "work");
    long[] nanos = new long[Math.max(0, runs)];
    for (int run = 0; run < runs; run++) {
      long start = nanoTime.getAsLong();
      work.run();
      nanos[run] = nanoTime.getAsLong() - start;
    }
    return of(nanos);
  }

  /** These and the others together. */
  public Timings and(Timings others) {
    long[] all = Arrays.copyOf(sorted, sorted.length + others.sorted.length);
    System.arraycopy(others.sorted, 0, all, sorted.length, others.sorted.length);
    return of(all);
  }

  /** How many times there are. */
  public int count() {
    return sorted.length;
  }

  /** The shortest, in milliseconds. */
  public double minMs() {
    return sorted[0] / NANOS_PER_MILLI;
  }

  /** The one in the middle, or the mean of the two there, in milliseconds. */
  public double medianMs() {
    long low = sorted[(sorted.length - 1) / 2];
    long high = sorted[sorted.length / 2];
    return (low + (high - low) / 2.0) / NANOS_PER_MILLI;
  }

  /**
   * The shortest time that at least a share of all runs did not exceed (nearest rank), in milliseconds. With fewer than
   * {@code 1 / (1 - share)} runs this is the longest.
   *
   * @param share above 0, at most 1; 0.99 for the 99th percentile
   * @throws QilinException INVALID_ARGUMENT for another share
   */
  public double quantileMs(double share) {
    if (!(share > 0 && share <= 1)) {
      throw QilinException.invalid("a share is above 0 and at most 1, was " + share);
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
  }
}
