package io.qilin.mlops.registry;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The daily figures of a candidate, and of the production version on the same rows of the same days. Immutable.
 *
 * <p>A row counts only if its label and the scores of both are known; a day only if both have a figure. So neither gains by scoring
 * fewer rows.
 */
public final class JudgedDays {
  private final DailyMetric metric;
  private final List<LocalDate> dates;
  private final double[] candidate;
  private final double[] production;
  private final boolean paired;
  private final long rows;
  private final long dropped;

  private JudgedDays(
      DailyMetric metric,
      List<LocalDate> dates,
      double[] candidate,
      double[] production,
      boolean paired,
      long rows,
      long dropped) {
    this.metric = metric;
    this.dates = List.copyOf(dates);
    this.candidate = candidate;
    this.production = production;
    this.paired = paired;
    this.rows = rows;
    this.dropped = dropped;
  }

  /**
   * Judges a candidate beside the production version.
   *
   * @param dates the trading date of each row, never going back
   * @param candidate a score a row, {@code NaN} where there is none
   * @param production the production version's scores of the same rows
   * @param labels the outcomes, {@code NaN} where they are not known
   * @throws QilinException INVALID_ARGUMENT if lengths differ, dates go back, or a value is infinite
   */
  public static JudgedDays of(
      DailyMetric metric,
      List<LocalDate> dates,
      double[] candidate,
      double[] production,
      double[] labels) {
    return judge(metric, dates, candidate, production, labels, true);
  }

  /** Judges a candidate alone, for a name that has no production version; as {@link #of}. */
  public static JudgedDays ofFirst(
      DailyMetric metric, List<LocalDate> dates, double[] candidate, double[] labels) {
    return judge(metric, dates, candidate, candidate, labels, false);
  }

  private static JudgedDays judge(
      DailyMetric metric,
      List<LocalDate> dates,
      double[] candidate,
      double[] production,
      double[] labels,
      boolean paired) {
    Objects.requireNonNull(metric, "metric");
    requireRows(dates, candidate, production, labels);
    Collector collector = new Collector(metric);
    int begin = 0;
    while (begin < labels.length) {
      int end = begin + 1;
      while (end < labels.length && dates.get(end).equals(dates.get(begin))) {
        end++;
      }
      collector.day(dates.get(begin), candidate, production, labels, begin, end);
      begin = end;
    }
    return collector.judged(paired, labels.length);
  }

  private static void requireRows(
      List<LocalDate> dates, double[] candidate, double[] production, double[] labels) {
    int rows = labels.length;
    if (dates.size() != rows || candidate.length != rows || production.length != rows) {
      throw QilinException.invalid("there are " + dates.size() + " dates, " + candidate.length
          + " and " + production.length + " scores and " + rows + " labels; each row has one of"
          + " each");
    }
    for (int i = 0; i < rows; i++) {
      if (i > 0 && dates.get(i).isBefore(dates.get(i - 1))) {
        throw QilinException.invalid("the rows are not in the order of their dates: " + dates.get(i)
            + " comes after " + dates.get(i - 1));
      }
      boolean infinite = Double.isInfinite(candidate[i])
          || Double.isInfinite(production[i])
          || Double.isInfinite(labels[i]);
      if (infinite) {
        throw QilinException.invalid(
            "row " + (i + 1) + " of " + dates.get(i) + " has an infinite score or label");
      }
    }
  }

  /** Gathers days. */
  private static final class Collector {
    private final DailyMetric metric;
    private final List<LocalDate> dates = new ArrayList<>();
    private final List<Double> candidates = new ArrayList<>();
    private final List<Double> productions = new ArrayList<>();
    private long rows;

    Collector(DailyMetric metric) {
      this.metric = metric;
    }

    void day(
        LocalDate date,
        double[] candidate,
        double[] production,
        double[] labels,
        int begin,
        int end) {
      double[] ours = new double[end - begin];
      double[] theirs = new double[end - begin];
      double[] outcomes = new double[end - begin];
      int count = 0;
      for (int i = begin; i < end; i++) {
        if (!Double.isNaN(candidate[i] + production[i] + labels[i])) {
          ours[count] = candidate[i];
          theirs[count] = production[i];
          outcomes[count++] = labels[i];
        }
      }
      if (count == 0) {
        return;
      }
      double[] known = Arrays.copyOf(outcomes, count);
      double our = metric.figure().of(Arrays.copyOf(ours, count), known.clone());
      double their = metric.figure().of(Arrays.copyOf(theirs, count), known);
      if (Double.isInfinite(our) || Double.isInfinite(their)) {
        throw QilinException.invalid("the metric " + QilinException.quote(metric.name())
            + " is infinite on " + date + "; it is finite, or NaN for a day without a figure");
      }
      if (!Double.isNaN(our) && !Double.isNaN(their)) {
        dates.add(date);
        candidates.add(our);
        productions.add(their);
        rows += count;
      }
    }

    JudgedDays judged(boolean paired, long given) {
      return new JudgedDays(
          metric, dates, array(candidates), array(productions), paired, rows, given - rows);
    }

    private static double[] array(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /** By what they were judged. */
  public DailyMetric metric() {
    return metric;
  }

  /** The days that count, in order. */
  public List<LocalDate> dates() {
    return dates;
  }

  /** How many rows count. */
  public long rows() {
    return rows;
  }

  /** How many rows were left out, because something of them or of their day is not known. */
  public long dropped() {
    return dropped;
  }

  /** Whether the production version was judged too. */
  public boolean paired() {
    return paired;
  }

  /** A copy of the candidate's figures, one a day. */
  public double[] candidate() {
    return candidate.clone();
  }

  /** A copy of the production version's figures; the candidate's if none was judged. */
  public double[] production() {
    return production.clone();
  }

  /** By how much the candidate is better each day; negative where it is worse. */
  double[] advantages() {
    double sign = metric.higherIsBetter() ? 1 : -1;
    double[] better = new double[candidate.length];
    for (int i = 0; i < better.length; i++) {
      better[i] = sign * (candidate[i] - production[i]);
    }
    return better;
  }

  /** By how much the candidate is better than a model without skill each day. */
  double[] skill() {
    double sign = metric.higherIsBetter() ? 1 : -1;
    double[] better = new double[candidate.length];
    for (int i = 0; i < better.length; i++) {
      better[i] = sign * (candidate[i] - metric.baseline());
    }
    return better;
  }
}
