package io.qilin.mlops.drift;

import io.qilin.api.error.QilinException;

/**
 * The test of Page (1954) and Hinkley (1971) for a mean that rises: S = max(0, a·S + x − mean − δ) shows a change when it
 * reaches λ; then it starts again. With a = 1 it is the original, River has 0.9999.
 */
public final class PageHinkley implements ChangeDetector {
  private final double delta;
  private final double threshold;
  private final double keep;
  private final int least;
  private long count;
  private double mean;
  private double sum;
  private long changes;

  /** As River has it: δ = 0.005, λ = 50, a = 0.9999, at least 30 figures. */
  public PageHinkley() {
    this(0.005, 50, 0.9999, 30);
  }

  /**
   * A detector.
   *
   * @param delta δ, the rise that does not matter, 0 or more
   * @param threshold λ, positive: larger means fewer false alarms and later ones
   * @param keep a, what is kept of the sum with each figure, in (0, 1]
   * @param least how many figures it takes before it shows a change, at least 1
   * @throws QilinException INVALID_ARGUMENT for others
   */
  public PageHinkley(double delta, double threshold, double keep, int least) {
    if (!(delta >= 0) || !(threshold > 0) || !Double.isFinite(delta + threshold)) {
      throw QilinException.invalid(
          "delta is 0 or more and the threshold positive, was " + delta + " and " + threshold);
    }
    if (!(keep > 0 && keep <= 1) || least < 1) {
      throw QilinException.invalid(
          "keep is in (0, 1] and least at least 1, was " + keep + " and " + least);
    }
    this.delta = delta;
    this.threshold = threshold;
    this.keep = keep;
    this.least = least;
  }

  @Override
  public boolean add(double value) {
    if (!Double.isFinite(value) || Math.abs(value) > 1e150) {
      throw QilinException.invalid("a figure is a finite number up to 1e150, was " + value);
    }
    count++;
    mean += (value - mean) / count;
    sum = Math.max(0, keep * sum + value - mean - delta);
    if (count < least || sum < threshold) {
      return false;
    }
    changes++;
    count = 0;
    mean = 0;
    sum = 0;
    return true;
  }

  @Override
  public double mean() {
    return count == 0 ? Double.NaN : mean;
  }

  @Override
  public long changes() {
    return changes;
  }
}
