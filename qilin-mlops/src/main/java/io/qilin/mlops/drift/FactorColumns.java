package io.qilin.mlops.drift;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.mlops.internal.LongRunVariance;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/**
 * Samples of the columns of a table over a range of days, with the size that they are worth.
 *
 * <p>All instruments of one day share the day's news, and a factor of a window shares most of it with the day before. So n values
 * of D days tell as much about the mean as n·σ²/(n·V/D) independent ones do: σ² is the variance of the values, V the long-run
 * variance of the D daily means (Newey–West after one autoregression). That is their effective size, at most n; a column that is
 * ranked or standardised within the day loses nothing. For fewer than 20 days with values the size is their number: V cannot be
 * told from so few.
 */
public final class FactorColumns {
  private static final int FEW_DAYS = 20;

  private FactorColumns() {}

  /**
   * A sample of a column.
   *
   * @param column its name
   * @param from the first day, counted in
   * @param to the last day, counted in; days without trading are passed over
   * @param capacity how many values are kept at most
   * @param seed of the choice which
   * @throws QilinException DATA_NOT_FOUND for an unknown column; INVALID_ARGUMENT if to is before from
   */
  public static ColumnSample of(
      FactorTable table, String column, LocalDate from, LocalDate to, int capacity, long seed) {
    if (to.isBefore(from)) {
      throw QilinException.invalid(
          "a range of days ends after it begins, was " + from + " to " + to);
    }
    int place = table.indexOf(column);
    int first = before(table.days(), from);
    int last = before(table.days(), to) + (Collections.binarySearch(table.days(), to) >= 0 ? 1 : 0);
    ColumnSample.Collector collector = ColumnSample.collector(capacity, seed);
    double[] day = new double[table.symbols().size()];
    double[] means = new double[Math.max(0, last - first)];
    int days = 0;
    long n = 0;
    double mean = 0;
    double squares = 0;
    for (int d = first; d < last; d++) {
      table.crossSection(place, d, day);
      double sum = 0;
      int known = 0;
      for (double value : day) {
        collector.add(value);
        if (Double.isFinite(value)) {
          sum += value;
          known++;
          n++;
          double apart = value - mean;
          mean += apart / n;
          squares += apart * (value - mean);
        }
      }
      if (known > 0) {
        means[days++] = sum / known;
      }
    }
    ColumnSample sample = collector.sample();
    double size = effective(n, squares, means, days);
    return size > 0 ? sample.withEffectiveSize(size) : sample;
  }

  private static double effective(long n, double squares, double[] means, int days) {
    if (days < FEW_DAYS) {
      return days;
    }
    double variance = squares / n;
    double ofMean = LongRunVariance.of(means, days) / days;
    return ofMean > 0 && variance > 0
        ? Math.max(1, Math.min((double) n, variance / ofMean))
        : (double) n;
  }

  /** How many days lie before it. */
  private static int before(List<LocalDate> days, LocalDate day) {
    int place = Collections.binarySearch(days, day);
    return place >= 0 ? place : -place - 1;
  }
}
