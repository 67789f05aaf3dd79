package io.qilin.agents.analyst;

/** Steps of a point table. */
final class Points {
  private Points() {}

  /**
   * The value of the first step whose threshold is exceeded.
   *
   * @param value {@code NaN} gives {@code NaN}
   * @param otherwise the value below all thresholds
   * @param steps pairs of threshold and value, highest threshold first
   */
  static double above(double value, double otherwise, double... steps) {
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    for (int k = 0; k < steps.length; k += 2) {
      if (value > steps[k]) {
        return steps[k + 1];
      }
    }
    return otherwise;
  }

  /** As {@link #above}, with thresholds that need only be reached. */
  static double from(double value, double otherwise, double... steps) {
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    for (int k = 0; k < steps.length; k += 2) {
      if (value >= steps[k]) {
        return steps[k + 1];
      }
    }
    return otherwise;
  }
}
