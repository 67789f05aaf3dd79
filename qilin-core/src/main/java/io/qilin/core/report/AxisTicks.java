package io.qilin.core.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Round values along an axis: steps of 1, 2 or 5 times a power of ten.
 *
 * @param values ascending; the first is at or below the smallest value, the last at or above the largest
 * @param decimals how many decimals tell them apart
 */
record AxisTicks(List<Double> values, int decimals) {
  /**
   * Ticks around a range.
   *
   * @param low smallest value, finite
   * @param high largest value, finite, not below low
   * @param wanted about how many steps
   */
  static AxisTicks around(double low, double high, int wanted) {
    double margin = high > low ? 0 : Math.max(Math.abs(low), 1) * 0.01;
    double from = low - margin;
    double to = high + margin;
    double span = Math.max(to / wanted - from / wanted, Double.MIN_NORMAL);
    int power = (int) Math.floor(StrictMath.log10(span));
    double unit = StrictMath.pow(10, power);
    double lead = span / unit;
    double step = unit * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    long first = (long) Math.floor(from / step + 1e-9);
    long last = (long) Math.ceil(to / step - 1e-9);
    List<Double> values = new ArrayList<>();
    for (long k = first; k <= last && values.size() < 64; k++) {
      values.add(k * step);
    }
    return new AxisTicks(List.copyOf(values), Math.max(0, Math.min(15, -(int)
        Math.floor(StrictMath.log10(step) + 1e-9))));
  }

  double low() {
    return values.get(0);
  }

  double high() {
    return values.get(values.size() - 1);
  }
}
