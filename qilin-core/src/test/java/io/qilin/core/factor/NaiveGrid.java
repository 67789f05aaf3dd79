package io.qilin.core.factor;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Days × instruments, and the words of the "101 Formulaic Alphas" over them as plain loops. Where a window is not yet full
 * or holds a gap, there is no value.
 */
final class NaiveGrid {
  private final double[][] cells;

  NaiveGrid(double[][] cells) {
    this.cells = cells;
  }

  double[][] cells() {
    return cells;
  }

  static NaiveGrid of(int days, int instruments, Cell cell) {
    double[][] cells = new double[days][instruments];
    for (int t = 0; t < days; t++) {
      for (int i = 0; i < instruments; i++) {
        cells[t][i] = cell.at(t, i);
      }
    }
    return new NaiveGrid(cells);
  }

  /** The value of a cell. */
  interface Cell {
    double at(int day, int instrument);
  }

  private NaiveGrid map(Cell cell) {
    return of(cells.length, cells[0].length, cell);
  }

  NaiveGrid each(DoubleUnaryOperator f) {
    return map((t, i) -> f.applyAsDouble(cells[t][i]));
  }

  NaiveGrid with(NaiveGrid other, DoubleBinaryOperator f) {
    return map((t, i) -> f.applyAsDouble(cells[t][i], other.cells[t][i]));
  }

  NaiveGrid plus(NaiveGrid other) {
    return with(other, Double::sum);
  }

  NaiveGrid minus(NaiveGrid other) {
    return with(other, (a, b) -> a - b);
  }

  NaiveGrid times(NaiveGrid other) {
    return with(other, (a, b) -> a * b);
  }

  NaiveGrid over(NaiveGrid other) {
    return with(other, (a, b) -> a / b);
  }

  NaiveGrid times(double factor) {
    return each(x -> x * factor);
  }

  NaiveGrid delay(int days) {
    return map((t, i) -> t < days ? Double.NaN : cells[t - days][i]);
  }

  NaiveGrid delta(int days) {
    return minus(delay(days));
  }

  private double[] window(int t, int i, int days) {
    return t + 1 < days
        ? new double[] {Double.NaN}
        : IntStream.rangeClosed(t + 1 - days, t).mapToDouble(d -> cells[d][i]).toArray();
  }

  private NaiveGrid rolling(int days, ToDoubleFunction<double[]> f) {
    return map((t, i) -> {
      double[] w = window(t, i, days);
      return Arrays.stream(w).anyMatch(Double::isNaN) ? Double.NaN : f.applyAsDouble(w);
    });
  }

  NaiveGrid sum(int days) {
    return rolling(days, w -> Arrays.stream(w).sum());
  }

  NaiveGrid mean(int days) {
    return sum(days).times(1.0 / days);
  }

  NaiveGrid max(int days) {
    return rolling(days, w -> Arrays.stream(w).max().getAsDouble());
  }

  NaiveGrid min(int days) {
    return rolling(days, w -> Arrays.stream(w).min().getAsDouble());
  }

  NaiveGrid std(int days) {
    return rolling(days, w -> Math.sqrt(products(w, w) / (days - 1)));
  }

  NaiveGrid tsRank(int days) {
    return rolling(days, w -> place(w, w[days - 1]) / days);
  }

  /** 1 for the oldest day. */
  NaiveGrid placeOfMax(int days) {
    return rolling(
        days,
        w -> 1 + IntStream.range(0, days).reduce((a, b) -> w[b] > w[a] ? b : a).getAsInt());
  }

  NaiveGrid decay(int days) {
    return rolling(
        days,
        w -> IntStream.range(0, days).mapToDouble(k -> (k + 1) * w[k]).sum()
            / (days * (days + 1) / 2.0));
  }

  NaiveGrid corr(NaiveGrid other, int days) {
    return map((t, i) -> {
      double[] a = window(t, i, days);
      double[] b = other.window(t, i, days);
      boolean flat = isFlat(a) || isFlat(b);
      return flat ? Double.NaN : products(a, b) / Math.sqrt(products(a, a) * products(b, b));
    });
  }

  private static boolean isFlat(double[] w) {
    return Arrays.stream(w).distinct().count() == 1;
  }

  private static double products(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().getAsDouble();
    double meanB = Arrays.stream(b).average().getAsDouble();
    return IntStream.range(0, a.length)
        .mapToDouble(k -> (a[k] - meanA) * (b[k] - meanB))
        .sum();
  }

  private static double place(double[] values, double value) {
    long below = Arrays.stream(values).filter(x -> x < value).count();
    long equal = Arrays.stream(values).filter(x -> x == value).count();
    return below + (equal + 1) / 2.0;
  }

  private double[] known(int day) {
    return Arrays.stream(cells[day]).filter(Double::isFinite).toArray();
  }

  /** Rank among the instruments of the day, from above 0 to 1. */
  NaiveGrid rank() {
    return map((t, i) ->
        Double.isFinite(cells[t][i]) ? place(known(t), cells[t][i]) / known(t).length : Double.NaN);
  }

  /** So that the absolute values of the day add up to 1. */
  NaiveGrid scale() {
    return map((t, i) -> cells[t][i] / Arrays.stream(known(t)).map(Math::abs).sum());
  }

  /** Less the mean of the instruments of the day that are in the same group. */
  NaiveGrid neutralize(NaiveGrid groups) {
    return map((t, i) -> cells[t][i]
        - IntStream.range(0, cells[t].length)
            .filter(k -> groups.cells[t][k] == groups.cells[t][i])
            .mapToDouble(k -> cells[t][k])
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN));
  }
}
