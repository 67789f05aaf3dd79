package io.qilin.core.portfolio;

/**
 * The sample covariance of a window and how far each method of {@link Shrinkage} pulls it. Every
 * double sum of a paper that runs over pairs of shares is brought to single sums here, so that the
 * cost is that of the sample covariance itself.
 */
final class SampleCovariance {
  private final ReturnWindow window;
  private final int shares;
  private final int days;
  private final double[] sample;
  private final double meanVariance;

  SampleCovariance(ReturnWindow window) {
    this.window = window;
    shares = window.symbols().size();
    days = window.days();
    sample = new double[shares * shares];
    double trace = 0;
    for (int i = 0; i < shares; i++) {
      for (int j = 0; j <= i; j++) {
        double value = Vectors.dot(window.deviations(i), window.deviations(j)) / days;
        sample[i * shares + j] = value;
        sample[j * shares + i] = value;
      }
      trace += sample[i * shares + i];
    }
    meanVariance = trace / shares;
  }

  private double variance(int share) {
    return sample[share * shares + share];
  }

  private double squares() {
    return Vectors.dot(sample, sample);
  }

  /** Σ over days of (Σ over shares of x²)², which is Σ over pairs of shares of Σ x_i² x_j². */
  private double fourthMoments() {
    double sum = 0;
    for (int t = 0; t < days; t++) {
      double day = 0;
      for (int i = 0; i < shares; i++) {
        double x = window.deviations(i)[t];
        day += x * x;
      }
      sum += day * day;
    }
    return sum;
  }

  double ledoitWolfIdentity() {
    double distance = squares() / shares - meanVariance * meanVariance;
    double error = (fourthMoments() / days - squares()) / days / shares;
    double pulled = Math.max(0, Math.min(error, distance));
    return pulled > 0 ? pulled / distance : 0;
  }

  double oracleApproximating() {
    double alpha = squares() / shares / shares;
    double square = meanVariance * meanVariance;
    double below = (days + 1) * (alpha - square / shares);
    return below > 0 ? Math.min(1, (alpha + square) / below) : 1;
  }

  ShrunkCovariance towardsIdentity(double intensity) {
    double[] out = new double[sample.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = (1 - intensity) * sample[k];
    }
    for (int i = 0; i < shares; i++) {
      out[i * shares + i] += intensity * meanVariance;
    }
    return new ShrunkCovariance(Covariance.ofFlat(window.symbols(), out), intensity);
  }

  private double meanCorrelation() {
    double sum = 0;
    for (int i = 0; i < shares; i++) {
      for (int j = 0; j < i; j++) {
        sum += sample[i * shares + j] / Math.sqrt(variance(i) * variance(j));
      }
    }
    return shares > 1 ? 2 * sum / shares / (shares - 1) : 0;
  }

  private double target(double correlation, int i, int j) {
    return i == j ? variance(i) : correlation * Math.sqrt(variance(i) * variance(j));
  }

  double ledoitWolfConstantCorrelation() {
    double correlation = meanCorrelation();
    double distance = 0;
    for (int i = 0; i < shares; i++) {
      for (int j = 0; j < shares; j++) {
        double away = sample[i * shares + j] - target(correlation, i, j);
        distance += away * away;
      }
    }
    double pi = fourthMoments() / days - squares();
    double rho = correlation * crossMoments();
    for (int i = 0; i < shares; i++) {
      rho += fourthMoment(i) - variance(i) * variance(i);
    }
    return distance > 0 ? Math.max(0, Math.min(1, (pi - rho) / distance / days)) : 0;
  }

  private double fourthMoment(int share) {
    double sum = 0;
    for (double x : window.deviations(share)) {
      sum += x * x * x * x;
    }
    return sum / days;
  }

  /** Σ over i ≠ j of (σ_j / σ_i)·(mean of x_i³x_j − σ_i² Σ̂_ij). */
  private double crossMoments() {
    double[] weighted = new double[days];
    for (int j = 0; j < shares; j++) {
      double deviation = Math.sqrt(variance(j));
      for (int t = 0; t < days; t++) {
        weighted[t] += deviation * window.deviations(j)[t];
      }
    }
    double sum = 0;
    for (int i = 0; i < shares; i++) {
      double deviation = Math.sqrt(variance(i));
      double[] x = window.deviations(i);
      double moments = 0;
      double covariances = 0;
      for (int t = 0; t < days; t++) {
        double others = weighted[t] - deviation * x[t];
        moments += x[t] * x[t] * x[t] * others;
        covariances += x[t] * others;
      }
      sum += (moments - variance(i) * covariances) / days / deviation;
    }
    return sum;
  }

  ShrunkCovariance towardsConstantCorrelation(double intensity) {
    double correlation = meanCorrelation();
    double[] out = new double[sample.length];
    for (int i = 0; i < shares; i++) {
      for (int j = 0; j < shares; j++) {
        out[i * shares + j] =
            (1 - intensity) * sample[i * shares + j] + intensity * target(correlation, i, j);
      }
    }
    return new ShrunkCovariance(Covariance.ofFlat(window.symbols(), out), intensity);
  }
}
