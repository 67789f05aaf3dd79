package io.qilin.core.risk;

import io.qilin.core.internal.Normal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * {@link ValueAtRisk} for series of one length, all of whose values are known. Allocates nothing; not
 * thread-safe.
 */
final class Tail {
  private final ValueAtRisk measure;
  /** The quantile of the tail, negative; not known where none is needed. */
  private final double z;
  /** φ(z) / (1 − c): the mean of a standard normal number beyond z, as a loss. */
  private final double beyond;
  /** Days in the tail, of which the last counts in part. */
  private final double mass;

  private final int whole;
  private final double part;
  /** The place of the value at risk among the worst, from 0. */
  private final int place;

  private final double[] worst;
  private double mean;
  private double deviation;
  private double skewness;
  private double kurtosis;

  private Tail(ValueAtRisk measure, BigDecimal inTail, int place) {
    this.measure = measure;
    double chance =
        BigDecimal.ONE.subtract(BigDecimal.valueOf(measure.confidence())).doubleValue();
    boolean historical = measure.method() == ValueAtRisk.Method.HISTORICAL;
    this.z = historical ? Double.NaN : Normal.quantile(chance);
    this.beyond = StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / chance;
    this.mass = inTail.doubleValue();
    this.whole = inTail.intValue();
    this.part = inTail.subtract(BigDecimal.valueOf(whole)).doubleValue();
    this.place = place;
    this.worst = new double[Math.max(place, whole) + 1];
  }

  /** For a series of at least one value. */
  static Tail of(ValueAtRisk measure, int count) {
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal below = n.multiply(BigDecimal.valueOf(measure.confidence()));
    int rank = below.setScale(0, RoundingMode.CEILING).intValue();
    return new Tail(measure, n.subtract(below), count - rank);
  }

  ValueAtRisk measure() {
    return measure;
  }

  double valueAtRisk(double[] gains) {
    if (measure.method() == ValueAtRisk.Method.HISTORICAL) {
      sortWorst(gains);
      return -worst[place];
    }
    moments(gains);
    return -(mean + deviation * quantile());
  }

  double shortfall(double[] gains) {
    if (measure.method() == ValueAtRisk.Method.HISTORICAL) {
      return historicalShortfall(gains);
    }
    moments(gains);
    double factor = measure.method() == ValueAtRisk.Method.NORMAL
        ? 1
        : 1
            + z * skewness / 6
            + (z * z - 1) * kurtosis / 24
            - (2 * z * z - 1) * skewness * skewness / 36;
    return deviation * beyond * factor - mean;
  }

  private double historicalShortfall(double[] gains) {
    sortWorst(gains);
    double sum = part == 0 ? 0 : part * worst[whole];
    for (int k = 0; k < whole; k++) {
      sum += worst[k];
    }
    return -sum / mass;
  }

  private double quantile() {
    if (measure.method() == ValueAtRisk.Method.NORMAL) {
      return z;
    }
    return z
        + (z * z - 1) * skewness / 6
        + (z * z * z - 3 * z) * kurtosis / 24
        - (2 * z * z * z - 5 * z) * skewness * skewness / 36;
  }

  /** Puts the smallest gains in front, ascending. The tail is short, so that most days cost one comparison. */
  private void sortWorst(double[] gains) {
    int filled = 0;
    for (double gain : gains) {
      if (filled == worst.length && gain >= worst[filled - 1]) {
        continue;
      }
      int at = filled < worst.length ? filled++ : filled - 1;
      for (; at > 0 && worst[at - 1] > gain; at--) {
        worst[at] = worst[at - 1];
      }
      worst[at] = gain;
    }
  }

  private void moments(double[] gains) {
    double sum = 0;
    for (double gain : gains) {
      sum += gain;
    }
    mean = sum / gains.length;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (double gain : gains) {
      double off = gain - mean;
      double square = off * off;
      second += square;
      third += square * off;
      fourth += square * square;
    }
    double variance = second / gains.length;
    deviation = Math.sqrt(second / (gains.length - 1));
    skewness = variance > 0 ? third / gains.length / (variance * Math.sqrt(variance)) : 0;
    kurtosis = variance > 0 ? fourth / gains.length / (variance * variance) - 3 : 0;
  }
}
