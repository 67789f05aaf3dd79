package io.qilin.mlops.drift;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;

/**
 * ADWIN of Bifet and Gavaldà (2007): a window over the last figures that grows while their mean stands, and drops its oldest
 * part when two parts of it differ. Bounded memory: an exponential histogram of rows of up to five buckets, row i with 2^i
 * figures each.
 *
 * <p>Two parts with n0 and n1 of n figures with variance σ² differ if their means are further apart than
 *
 * <pre>
 * √(2·σ²·d/m) + 2·R·d/(3·m)     1/m = 1/(n0 − 4) + 1/(n1 − 4)     d = ln(2·ln(n)/δ)     R = high − low
 * </pre>
 *
 * for n0, n1 ≥ 5, looked at after every 32nd figure, as MOA and River do. δ is not a rate of false alarms: the proof needs δ/n in
 * place of δ/ln n, and figures that are independent; docs/benchmarks.md has measured rates. Unlike River it looks at every cut
 * between two buckets, and its window goes on after a change instead of starting empty.
 */
public final class Adwin implements ChangeDetector {
  private static final int BUCKETS = 5;
  private static final int CLOCK = 32;
  private static final int LEAST = 5;
  private static final int GRACE = 10;

  /** Figures put together: how many, their mean, and the sum of squares about it. */
  private record Part(double count, double mean, double squares) {
    static final Part NONE = new Part(0, 0, 0);

    Part with(Part other) {
      double n = count + other.count;
      if (n == 0) {
        return NONE;
      }
      double apart = other.mean - mean;
      return new Part(
          n,
          mean + apart * (other.count / n),
          squares + other.squares + apart * apart * count * other.count / n);
    }
  }

  private final double delta;
  private final double low;
  private final double high;
  /** Row i has buckets of 2^i figures, the oldest first. */
  private final List<List<Part>> rows = new ArrayList<>();

  private long seen;
  private long changes;

  /** With δ = 0.002 for figures in [0, 1], for example whether a direction was wrong. */
  public Adwin() {
    this(0.002, 0, 1);
  }

  /**
   * A detector.
   *
   * @param delta δ, in (0, 1)
   * @param low the least that a figure can be
   * @param high the most
   * @throws QilinException INVALID_ARGUMENT for another δ or an empty or infinite range
   */
  public Adwin(double delta, double low, double high) {
    if (!(delta > 0 && delta < 1)) {
      throw QilinException.invalid("delta is in (0, 1), was " + delta);
    }
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw QilinException.invalid("figures lie in a finite range, was " + low + " to " + high);
    }
    this.delta = delta;
    this.low = low;
    this.high = high;
  }

  @Override
  public boolean add(double value) {
    if (!(value >= low && value <= high)) {
      throw QilinException.invalid("this detector takes figures from " + low + " to " + high
          + ", was " + value + "; give it the range of the loss, or cut the loss to it");
    }
    insert(new Part(1, value, 0));
    seen++;
    if (seen % CLOCK != 0) {
      return false;
    }
    boolean changed = false;
    while (differs()) {
      dropOldest();
      changed = true;
    }
    if (changed) {
      changes++;
    }
    return changed;
  }

  @Override
  public double mean() {
    Part all = all();
    return all.count == 0 ? Double.NaN : all.mean;
  }

  @Override
  public long changes() {
    return changes;
  }

  /** How many figures the window holds. */
  public long width() {
    return (long) all().count;
  }

  private void insert(Part one) {
    Part next = one;
    for (int i = 0; ; i++) {
      if (i == rows.size()) {
        rows.add(new ArrayList<>(BUCKETS + 1));
      }
      List<Part> row = rows.get(i);
      row.add(next);
      if (row.size() <= BUCKETS) {
        return;
      }
      next = row.remove(0).with(row.remove(0));
    }
  }

  private Part all() {
    Part all = Part.NONE;
    for (int i = rows.size() - 1; i >= 0; i--) {
      for (Part bucket : rows.get(i)) {
        all = all.with(bucket);
      }
    }
    return all;
  }

  private boolean differs() {
    Part all = all();
    if (all.count <= GRACE) {
      return false;
    }
    double d = StrictMath.log(2 * StrictMath.log(all.count) / delta);
    double variance = all.squares / all.count;
    double oldCount = 0;
    double oldMean = 0;
    for (int i = rows.size() - 1; i >= 0; i--) {
      for (Part bucket : rows.get(i)) {
        oldCount += bucket.count;
        oldMean += (bucket.mean - oldMean) * (bucket.count / oldCount);
        double newCount = all.count - oldCount;
        if (oldCount >= LEAST && newCount >= LEAST) {
          double newMean = all.mean + (all.mean - oldMean) * (oldCount / newCount);
          double m = 1 / (oldCount - LEAST + 1) + 1 / (newCount - LEAST + 1);
          double cut = Math.sqrt(2 * m * variance * d) + 2.0 / 3 * (high - low) * d * m;
          if (Math.abs(oldMean - newMean) > cut) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void dropOldest() {
    List<Part> last = rows.get(rows.size() - 1);
    last.remove(0);
    while (!rows.isEmpty() && rows.get(rows.size() - 1).isEmpty()) {
      rows.remove(rows.size() - 1);
    }
  }
}
