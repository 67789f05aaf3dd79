package io.qilin.mlops.drift;

import io.qilin.api.error.QilinException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A column of numbers in bounded memory: a uniform sample of its values, and how many there were. With m values kept, every
 * share that is read off the sample is within 1.36/√m of the whole column's, 19 times of 20 (Dvoretzky, Kiefer and Wolfowitz
 * 1956 with Massart's constant): 1.4 % for 10,000.
 *
 * <p>Immutable and safe to share.
 */
public final class ColumnSample {
  /** How many values a collector keeps unless told otherwise. */
  public static final int CAPACITY = 10_000;

  private static final int MAX_CAPACITY = 10_000_000;

  private final double[] sorted;
  private final long known;
  private final long missing;
  private final double effective;

  private ColumnSample(double[] sorted, long known, long missing, double effective) {
    this.sorted = sorted;
    this.known = known;
    this.missing = missing;
    this.effective = effective;
  }

  /**
   * All of some values.
   *
   * @param values {@code NaN} is one that is not known; infinite ones are allowed
   */
  public static ColumnSample of(double... values) {
    Collector collector = collector(Math.max(1, Math.min(MAX_CAPACITY, values.length)), 0);
    for (double value : values) {
      collector.add(value);
    }
    return collector.sample();
  }

  /**
   * Gathers a stream of values.
   *
   * @param capacity how many values are kept at most, 1 to 10,000,000
   * @param seed of the choice which; the same values in the same order with the same seed give the same sample
   * @throws QilinException INVALID_ARGUMENT for another capacity
   */
  public static Collector collector(int capacity, long seed) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw QilinException.invalid(
          "a sample keeps 1 to " + MAX_CAPACITY + " values, was " + capacity);
    }
    return new Collector(capacity, seed);
  }

  /** How many values were known. */
  public long known() {
    return known;
  }

  /** How many values were {@code NaN}. */
  public long missing() {
    return missing;
  }

  /** How many there were, known or not. */
  public long seen() {
    return known + missing;
  }

  /** The share of {@code NaN}, in [0, 1]; {@code NaN} of nothing. */
  public double missingShare() {
    return seen() == 0 ? Double.NaN : missing / (double) seen();
  }

  /** How many values are kept. */
  public int size() {
    return sorted.length;
  }

  /**
   * How many independent values would tell as much as the known ones. Values of one day are alike, and so are neighbouring
   * days; the tests use this number. The same as {@link #known} unless {@link #withEffectiveSize} said otherwise.
   */
  public double effectiveSize() {
    return effective;
  }

  /**
   * The same sample with another effective size.
   *
   * @param size positive and finite; cut to {@link #known}
   * @throws QilinException INVALID_ARGUMENT otherwise
   */
  public ColumnSample withEffectiveSize(double size) {
    if (!(size > 0) || Double.isInfinite(size)) {
      throw QilinException.invalid("an effective size is a positive number, was " + size);
    }
    return new ColumnSample(sorted, known, missing, Math.min(size, (double) known));
  }

  /**
   * A quantile of the kept values: the smallest one that at least this share of them does not exceed.
   *
   * @param share in [0, 1]
   * @return {@code NaN} if nothing is known
   * @throws QilinException INVALID_ARGUMENT for another share
   */
  public double quantile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw QilinException.invalid("a share is in [0, 1], was " + share);
    }
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, place)];
  }

  /** A kept value by its rank from 0. */
  double at(int rank) {
    return sorted[rank];
  }

  /** What the tests count with: no more than is kept. */
  double testSize() {
    return Math.min(effective, sorted.length);
  }

  /** Vitter's algorithm R (1985). Not thread-safe. */
  public static final class Collector {
    private static final int FIRST = 256;

    private final int capacity;
    private final SplittableRandom chance;
    private double[] kept;
    private long known;
    private long missing;

    private Collector(int capacity, long seed) {
      this.capacity = capacity;
      this.chance = new SplittableRandom(seed);
      this.kept = new double[Math.min(capacity, FIRST)];
    }

    /** Adds a value; {@code NaN} is one that is not known. */
    public Collector add(double value) {
      if (Double.isNaN(value)) {
        missing++;
        return this;
      }
      // Adding zero makes one of the two zeros, which the tests hold for equal.
      double plain = value + 0.0;
      if (known < capacity) {
        if (known == kept.length) {
          kept = Arrays.copyOf(kept, (int) Math.min(capacity, 2L * kept.length));
        }
        kept[(int) known] = plain;
      } else {
        long place = chance.nextLong(known + 1);
        if (place < capacity) {
          kept[(int) place] = plain;
        }
      }
      known++;
      return this;
    }

    /** What has been gathered so far; the collector can go on. */
    public ColumnSample sample() {
      double[] sorted = Arrays.copyOf(kept, (int) Math.min(known, capacity));
      Arrays.sort(sorted);
      return new ColumnSample(sorted, known, missing, known);
    }
  }
}
