package io.qilin.core.performance;

import io.qilin.api.error.QilinException;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Daily returns as fractions, 0.01 for one percent. {@code NaN} is a day whose return is not known. Immutable and safe to
 * share.
 */
public final class ReturnSeries {
  /** No day at all: what stands for "no benchmark". */
  public static final ReturnSeries EMPTY = new ReturnSeries(List.of(), new double[0]);

  private final List<LocalDate> days;
  private final double[] returns;

  private ReturnSeries(List<LocalDate> days, double[] returns) {
    this.days = days;
    this.returns = returns;
  }

  /**
   * A series.
   *
   * @param days strictly ascending
   * @param returns one a day; {@code NaN} where not known
   * @throws QilinException INVALID_ARGUMENT for another number of returns than days, days that do not ascend, or an
   *     infinite return
   */
  public static ReturnSeries of(List<LocalDate> days, double[] returns) {
    List<LocalDate> copy = List.copyOf(days);
    double[] values = returns.clone();
    if (copy.size() != values.length) {
      throw QilinException.invalid(
          values.length + " returns for " + copy.size() + " days; give one a day");
    }
    for (int i = 0; i < values.length; i++) {
      if (i > 0 && !copy.get(i).isAfter(copy.get(i - 1))) {
        throw QilinException.invalid(
            "days must ascend, but " + copy.get(i) + " follows " + copy.get(i - 1));
      }
      if (Double.isInfinite(values[i])) {
        throw QilinException.invalid("the return of " + copy.get(i)
            + " is infinite; give a fraction, or NaN if it is not known");
      }
    }
    return new ReturnSeries(copy, values);
  }

  /** The account's returns after cost. */
  public static ReturnSeries net(BacktestReport report) {
    return of(report, BacktestDay::netReturn);
  }

  /** The account's returns before cost. */
  public static ReturnSeries gross(BacktestReport report) {
    return of(report, BacktestDay::dayReturn);
  }

  /** The benchmark's returns. */
  public static ReturnSeries benchmark(BacktestReport report) {
    return of(report, BacktestDay::bench);
  }

  private static ReturnSeries of(BacktestReport report, ToDoubleFunction<BacktestDay> figure) {
    return of(
        report.days().stream().map(BacktestDay::day).toList(),
        report.days().stream().mapToDouble(figure).toArray());
  }

  /** The days, ascending. */
  public List<LocalDate> days() {
    return days;
  }

  /** The number of days. */
  public int size() {
    return returns.length;
  }

  /** The return of the day of a place, 0 to size − 1. */
  public double value(int place) {
    return returns[place];
  }

  /** A copy of the returns. */
  public double[] values() {
    return returns.clone();
  }

  /** The return of a day; {@code NaN} where the series has none. */
  public double on(LocalDate day) {
    int at = Collections.binarySearch(days, Objects.requireNonNull(day, "day"));
    return at < 0 ? Double.NaN : returns[at];
  }

  /** The days whose return is known. */
  public ReturnSeries known() {
    return where(i -> !Double.isNaN(returns[i]));
  }

  /** The days that are among those given; others are left out. */
  public ReturnSeries only(Collection<LocalDate> wanted) {
    Set<LocalDate> set = new HashSet<>(wanted);
    return where(i -> set.contains(days.get(i)));
  }

  /** This series on other days: {@code NaN} on a day that it does not have. */
  public ReturnSeries alignedTo(List<LocalDate> others) {
    return of(others, others.stream().mapToDouble(this::on).toArray());
  }

  private ReturnSeries where(IntPredicate keep) {
    int[] places = IntStream.range(0, returns.length).filter(keep).toArray();
    return places.length == returns.length
        ? this
        : new ReturnSeries(
            Arrays.stream(places).mapToObj(days::get).toList(),
            Arrays.stream(places).mapToDouble(i -> returns[i]).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReturnSeries that
        && days.equals(that.days)
        && Arrays.equals(returns, that.returns);
  }

  @Override
  public int hashCode() {
    return 31 * days.hashCode() + Arrays.hashCode(returns);
  }

  /** For example {@code ReturnSeries[488 days from 2016-01-04 to 2017-12-29]}. */
  @Override
  public String toString() {
    return days.isEmpty()
        ? "ReturnSeries[no day]"
        : "ReturnSeries[" + days.size() + " days from " + days.get(0) + " to "
            + days.get(days.size() - 1) + "]";
  }
}
