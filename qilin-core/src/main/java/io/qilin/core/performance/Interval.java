package io.qilin.core.performance;

/**
 * A figure with the range in which it may as well have come out.
 *
 * @param estimate the figure of the data itself
 * @param low lower end; {@code NaN} if it is not known
 * @param high upper end; {@code NaN} if it is not known
 * @param confidence the part of the resamples within, for example 0.95
 * @param resamples how many resamples had the figure
 */
public record Interval(double estimate, double low, double high, double confidence, int resamples) {
  /** Whether zero lies within; false if the interval is not known. */
  public boolean holdsZero() {
    return low <= 0 && high >= 0;
  }
}
