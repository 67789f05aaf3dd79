package io.qilin.core.internal;

/**
 * The standard normal distribution. Its tails have a relative error below 1e-12 down to the smallest double; results do not
 * differ between machines.
 */
public final class Normal {
  private static final double ROOT_PI = Math.sqrt(Math.PI);
  private static final double ROOT_TWO = Math.sqrt(2);

  private Normal() {}

  /** Chance that a standard normal number is farther from 0 than z; {@code NaN} for {@code NaN}. */
  public static double twoSided(double z) {
    return complement(Math.abs(z) / ROOT_TWO);
  }

  /** Chance that a standard normal number is at most z; {@code NaN} for {@code NaN}. */
  public static double below(double z) {
    double tail = twoSided(z) / 2;
    return z > 0 ? 1 - tail : tail;
  }

  /**
   * The z that a standard normal number is at most with the chance given.
   *
   * @param chance in [0, 1]; 0 gives negative, 1 positive infinity; {@code NaN} gives {@code NaN}
   */
  public static double quantile(double chance) {
    if (Double.isNaN(chance)) {
      return Double.NaN;
    }
    if (chance == 0 || chance == 1) {
      return chance == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return chance < 0.5 ? -exceededWith(2 * chance) : exceededWith(2 * (1 - chance));
  }

  /** The z that a standard normal number exceeds in size with the chance given, in (0, 1]. */
  public static double exceededWith(double chance) {
    double low = 0;
    double high = 40;
    for (int step = 0; step < 200; step++) {
      double middle = (low + high) / 2;
      if (twoSided(middle) > chance) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** erfc(x) for x not negative: below 2 by the series of erf (DLMF 7.6.2), above by its continued fraction (7.9.3). */
  private static double complement(double x) {
    if (Double.isNaN(x)) {
      return Double.NaN;
    }
    if (x < 2) {
      double term = 2 * x / ROOT_PI;
      double sum = term;
      for (int n = 1; term > 1e-18 * sum; n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
      }
      return 1 - StrictMath.exp(-x * x) * sum;
    }
    double fraction = 0;
    for (int n = 120; n > 0; n--) {
      fraction = n / 2.0 / (x + fraction);
    }
    return StrictMath.exp(-x * x) / ROOT_PI / (x + fraction);
  }
}
