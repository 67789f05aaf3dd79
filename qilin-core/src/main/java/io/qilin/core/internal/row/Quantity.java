package io.qilin.core.internal.row;

/** What {@link Counts} makes of the number of valid rows of a window. */
enum Quantity {
  /** The number itself. */
  VALID(0),
  /** Valid rows of the recent part over those of the older part; of windows that are merged. */
  RATIO(0),
  /** Weight of the squared difference of means when parts are merged; of windows that are merged. */
  WEIGHT(0),
  /** 1 over the number, 1 where it is 0. */
  INVERSE(1),
  /** Sum of the ages of the valid rows, 0 for the newest. */
  AGES(0),
  /** Sum of their squares. */
  AGES_SQUARED(0),
  /** Their mean. */
  MEAN_AGE(Double.NaN),
  /** Sum of squared deviations from it. */
  AGE_SPREAD(Double.NaN);

  /** Where a variance below it counts as none: the least whose root is above 2e-5, Qlib's own limit. */
  static final double FLAT_VARIANCE = leastAbove(2e-5);

  /** What it is before the first row. */
  final double initial;

  Quantity(double initial) {
    this.initial = initial;
  }

  /** What it is where all rows of a window are valid. */
  double whole(int window) {
    double n = window;
    return switch (this) {
      case VALID -> n;
      case RATIO -> (double) Split.of(window).recent() / Split.of(window).older();
      case WEIGHT -> Split.of(window).older() / (Split.of(window).recent() * n);
      case INVERSE -> 1 / n;
      case AGES -> n * (n - 1) / 2;
      case AGES_SQUARED -> (n - 1) * n * (2 * n - 1) / 6;
      case MEAN_AGE -> meanAge(n);
      case AGE_SPREAD -> ageSpread(n);
    };
  }

  /** Mean age of all rows of a window. */
  static double meanAge(double n) {
    return n * (n - 1) / 2 / n;
  }

  /** Sum of squared deviations of the ages of all rows of a window from their mean. */
  static double ageSpread(double n) {
    double ages = n * (n - 1) / 2;
    double squares = (n - 1) * n * (2 * n - 1) / 6;
    return (n * squares - ages * ages) / n;
  }

  /** Valid rows - 1, not below 0. */
  static double freedom(double n) {
    return Math.max(n - 1, 0);
  }

  /** 0, or {@code NaN} if there is no valid row: 0 × 0 or 0 × -∞. */
  static double empty(double n) {
    return Math.min(n - 1, 0) * 1e300 * 1e300 * 0.0;
  }

  /** Sum of squares below which a series counts as flat. */
  static double flat(double freedom) {
    return freedom * FLAT_VARIANCE;
  }

  private static double leastAbove(double deviation) {
    double variance = deviation * deviation;
    while (Math.sqrt(variance) > deviation) {
      variance = Math.nextDown(variance);
    }
    while (Math.sqrt(variance) <= deviation) {
      variance = Math.nextUp(variance);
    }
    return variance;
  }
}
