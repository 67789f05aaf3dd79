package io.qilin.core.factor;

import java.util.Arrays;

/** Correlates ranks within groups: each side less its group's mean. Holds its own memory. Not thread-safe. */
final class GroupSums {
  private static final double SMALLEST = 0.25;
  private static final double ROUNDING = 1e-13;

  private long[] x = {};
  private long[] y = {};
  private int[] sizes = {};

  /**
   * The correlation over the pairs that have a group. Groups of one say nothing and add nothing.
   *
   * @param ranksX centred ranks of one side, 0 outside the pairs
   * @param ranksY of the other side, likewise
   * @param pair which instruments have both
   * @param groups number of each instrument's group, −1 for none
   * @param count how many groups there are
   * @return {@code NaN} where one side does not vary within any group
   */
  double correlation(int[] ranksX, int[] ranksY, boolean[] pair, int[] groups, int count) {
    clear(count + 1);
    long xx = 0;
    long yy = 0;
    long xy = 0;
    for (int i = 0; i < pair.length; i++) {
      int group = groups[i] + 1;
      long a = group == 0 ? 0 : ranksX[i];
      long b = group == 0 ? 0 : ranksY[i];
      x[group] += a;
      y[group] += b;
      sizes[group] += pair[i] ? 1 : 0;
      xx += a * a;
      yy += b * b;
      xy += a * b;
    }
    double betweenX = 0;
    double betweenY = 0;
    double between = 0;
    for (int g = 1; g <= count; g++) {
      if (sizes[g] > 0) {
        double meanX = (double) x[g] / sizes[g];
        double meanY = (double) y[g] / sizes[g];
        betweenX += meanX * x[g];
        betweenY += meanY * y[g];
        between += meanX * y[g];
      }
    }
    double withinX = xx - betweenX;
    double withinY = yy - betweenY;
    boolean flat =
        withinX < Math.max(SMALLEST, ROUNDING * xx) || withinY < Math.max(SMALLEST, ROUNDING * yy);
    double correlation = (xy - between) / (Math.sqrt(withinX) * Math.sqrt(withinY));
    return flat ? Double.NaN : Math.max(-1, Math.min(1, correlation));
  }

  private void clear(int count) {
    if (sizes.length < count) {
      x = new long[2 * count];
      y = new long[2 * count];
      sizes = new int[2 * count];
    }
    Arrays.fill(x, 0, count, 0);
    Arrays.fill(y, 0, count, 0);
    Arrays.fill(sizes, 0, count, 0);
  }
}
