package io.qilin.core.backtest.report;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Days in runs of equal length, so that a chart has no more points than it can show. The runs end with the last day; the
 * first run may be shorter.
 */
final class Thinned {
  private final List<LocalDate> all;
  private final int step;
  private final int runs;

  /**
   * Cuts days into runs.
   *
   * @param most runs, at least 1
   */
  Thinned(List<LocalDate> all, int most) {
    this.all = all;
    step = Math.max(1, (all.size() + most - 1) / most);
    runs = (all.size() + step - 1) / step;
  }

  /** The last day of each run. */
  List<LocalDate> days() {
    return IntStream.range(0, runs).mapToObj(run -> all.get(end(run))).toList();
  }

  /** The value of the last day of each run. */
  double[] last(double[] values) {
    return IntStream.range(0, runs).mapToDouble(run -> values[end(run)]).toArray();
  }

  /** The lowest finite value of each run; {@code NaN} without one. */
  double[] lowest(double[] values) {
    return IntStream.range(0, runs)
        .mapToDouble(run -> finite(values, run).min().orElse(Double.NaN))
        .toArray();
  }

  /** The mean of the finite values of each run; {@code NaN} without one. */
  double[] mean(double[] values) {
    return IntStream.range(0, runs)
        .mapToDouble(run -> finite(values, run).average().orElse(Double.NaN))
        .toArray();
  }

  /** A title that says what was done, for example {@code Drawdown, lowest of every 9 days}. */
  String title(String title, String how) {
    return step == 1 ? title : title + ", " + how + " of every " + step + " days";
  }

  private DoubleStream finite(double[] values, int run) {
    return IntStream.rangeClosed(Math.max(0, end(run) - step + 1), end(run))
        .mapToDouble(day -> values[day])
        .filter(Double::isFinite);
  }

  private int end(int run) {
    return all.size() - 1 - (runs - 1 - run) * step;
  }
}
