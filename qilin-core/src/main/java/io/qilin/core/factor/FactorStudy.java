package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.LabelTable;
import io.qilin.core.internal.kernel.PackedPairs;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well a factor ranks instruments by what a label says became of them, day by day and over all days. Formulas as in
 * Qlib (microsoft/qlib, qlib/contrib/eva/alpha.py).
 *
 * <p>Pairs in which either side is {@code NaN} or infinite are dropped. Days without an IC are left out of the means and
 * counted by {@link #excludedDays()}. Immutable.
 */
public final class FactorStudy {
  private static final double TRADING_DAYS_A_YEAR = 252;
  private static final double GROUP = 0.2;

  private final List<DailyStudy> days;
  private final int instruments;

  private FactorStudy(List<DailyStudy> days, int instruments) {
    this.days = List.copyOf(days);
    this.instruments = instruments;
  }

  /**
   * Studies one factor on the days that both tables hold.
   *
   * @param factor a column of the factor table
   * @param label a column of the label table
   * @throws QilinException DATA_NOT_FOUND for an unknown column; INVALID_ARGUMENT if no day is in both tables
   */
  public static FactorStudy of(
      FactorTable factors, String factor, LabelTable labels, String label) {
    int column = factors.indexOf(factor);
    return study(factors, column, outcomes(factors, labels, label));
  }

  /**
   * Studies every factor of a table: the same as {@link #of} for each, in the order of the columns, with less work.
   *
   * @param label a column of the label table
   * @throws QilinException as {@link #of}
   */
  public static List<FactorStudy> all(FactorTable factors, LabelTable labels, String label) {
    List<Outcomes> days = outcomes(factors, labels, label);
    return IntStream.range(0, factors.names().size())
        .mapToObj(column -> study(factors, column, days))
        .toList();
  }

  /** What became of the instruments after one day. */
  private static final class Outcomes {
    /** Place of the day in the factor table. */
    final int day;
    /** By instrument of the factor table. */
    final double[] labels;
    /** Mean of the known labels. */
    final double average;
    /** Remembers the ranks of labels from one factor to the next. */
    final PackedPairs.Ranks ranks = new PackedPairs.Ranks();

    Outcomes(int day, double[] labels) {
      this.day = day;
      this.labels = labels;
      this.average = mean(finite(labels));
    }
  }

  private static List<Outcomes> outcomes(FactorTable factors, LabelTable labels, String label) {
    int column = labels.indexOf(label);
    Map<Object, Integer> labelDays = places(labels.days());
    int[] places = labelPlaces(factors, labels);
    List<Outcomes> days = new ArrayList<>();
    for (int day = 0; day < factors.days().size(); day++) {
      Integer labelDay = labelDays.get(factors.days().get(day));
      if (labelDay != null) {
        double[] outcomes = arrange(labels.crossSection(column, labelDay), places);
        days.add(new Outcomes(day, outcomes));
      }
    }
    if (days.isEmpty()) {
      throw QilinException.invalid("the factor table and the label table have no day in common");
    }
    return days;
  }

  private static FactorStudy study(FactorTable factors, int column, List<Outcomes> outcomes) {
    List<DailyStudy> days = new ArrayList<>();
    double[] before = {};
    for (Outcomes after : outcomes) {
      double[] scores = factors.crossSection(column, after.day);
      days.add(study(factors.days().get(after.day), scores, after, before));
      before = scores;
    }
    return new FactorStudy(days, factors.symbols().size());
  }

  private static Map<Object, Integer> places(List<?> keys) {
    Map<Object, Integer> places = new HashMap<>();
    IntStream.range(0, keys.size()).forEach(i -> places.put(keys.get(i), i));
    return places;
  }

  /** Where each instrument of the factors stands in the labels; -1 where it does not. */
  private static int[] labelPlaces(FactorTable factors, LabelTable labels) {
    Map<Object, Integer> places = places(labels.symbols());
    return factors.symbols().stream()
        .mapToInt(symbol -> places.getOrDefault(symbol, -1))
        .toArray();
  }

  private static double[] arrange(double[] labels, int[] places) {
    return Arrays.stream(places)
        .mapToDouble(place -> place < 0 ? Double.NaN : labels[place])
        .toArray();
  }

  private static DailyStudy study(LocalDate day, double[] scores, Outcomes after, double[] before) {
    PackedPairs pairs = PackedPairs.of(scores, after.labels);
    double autocorrelation =
        before.length == 0 ? Double.NaN : PackedPairs.of(before, scores).correlation();
    double[] known = finite(scores);
    return new DailyStudy(
        day,
        known.length,
        pairs.count(),
        pairs.correlation(),
        pairs.rankCorrelation(after.ranks),
        longShort(scores, known, after.labels),
        after.average,
        autocorrelation);
  }

  private static double[] finite(double[] values) {
    double[] finite = new double[values.length];
    int count = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        finite[count++] = value;
      }
    }
    return Arrays.copyOf(finite, count);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** A fifth counts from all instruments of the table, with a value or without, as Qlib counts. */
  private static double longShort(double[] scores, double[] known, double[] outcomes) {
    double[] sorted = known.clone();
    Arrays.sort(sorted);
    int group = Math.min((int) (scores.length * GROUP), sorted.length);
    if (group == 0) {
      return Double.NaN;
    }
    double lowest = meanOfGroup(scores, outcomes, sorted[group - 1], group, false);
    double highest = meanOfGroup(scores, outcomes, sorted[sorted.length - group], group, true);
    return (highest - lowest) / 2;
  }

  /**
   * Mean known outcome of the highest or lowest scores. Of equal scores at the edge those of the last instruments count
   * as the highest, those of the first as the lowest, as if sorted stably.
   */
  private static double meanOfGroup(
      double[] scores, double[] outcomes, double edge, int group, boolean highest) {
    int inside = 0;
    for (double score : scores) {
      inside += Double.isFinite(score) && (highest ? score > edge : score < edge) ? 1 : 0;
    }
    int atEdge = group - inside;
    double sum = 0;
    int known = 0;
    for (int k = 0; k < scores.length; k++) {
      int i = highest ? scores.length - 1 - k : k;
      boolean tied = scores[i] == edge;
      boolean beyond =
          Double.isFinite(scores[i]) && (highest ? scores[i] > edge : scores[i] < edge);
      boolean belongs = beyond || (tied && atEdge > 0);
      atEdge -= tied && atEdge > 0 ? 1 : 0;
      if (belongs && Double.isFinite(outcomes[i])) {
        sum += outcomes[i];
        known++;
      }
    }
    return known == 0 ? Double.NaN : sum / known;
  }

  /** The days, ascending. */
  public List<DailyStudy> days() {
    return days;
  }

  /** Mean IC; {@code NaN} if no day has one. */
  public double ic() {
    return mean(DailyStudy::ic);
  }

  /** Mean IC over its standard deviation (ddof 1) from day to day; not annualised. */
  public double icIr() {
    return mean(DailyStudy::ic) / deviation(DailyStudy::ic);
  }

  /** Mean rank IC; {@code NaN} if no day has one. */
  public double rankIc() {
    return mean(DailyStudy::rankIc);
  }

  /** Mean rank IC over its standard deviation (ddof 1) from day to day; not annualised. */
  public double rankIcIr() {
    return mean(DailyStudy::rankIc) / deviation(DailyStudy::rankIc);
  }

  /** Mean long-short return × 252. */
  public double longShortAnnualReturn() {
    return mean(DailyStudy::longShortReturn) * TRADING_DAYS_A_YEAR;
  }

  /** Mean long-short return over its standard deviation (ddof 1), × √252. */
  public double longShortAnnualSharpe() {
    return mean(DailyStudy::longShortReturn)
        / deviation(DailyStudy::longShortReturn)
        * Math.sqrt(TRADING_DAYS_A_YEAR);
  }

  /** Mean correlation of the factor with itself a day before. */
  public double autocorrelation() {
    return mean(DailyStudy::autocorrelation);
  }

  /** Share of instruments × days with a value of the factor, 0 to 1. */
  public double coverage() {
    double known = days.stream().mapToInt(DailyStudy::known).sum();
    return known / ((double) instruments * days.size());
  }

  /** Days without an IC: fewer than two pairs, or one side did not vary. */
  public int excludedDays() {
    return (int) days.stream().filter(day -> Double.isNaN(day.ic())).count();
  }

  private double[] known(ToDoubleFunction<DailyStudy> figure) {
    return days.stream().mapToDouble(figure).filter(Double::isFinite).toArray();
  }

  private double mean(ToDoubleFunction<DailyStudy> figure) {
    return Arrays.stream(known(figure)).average().orElse(Double.NaN);
  }

  private double deviation(ToDoubleFunction<DailyStudy> figure) {
    double[] values = known(figure);
    double mean = mean(figure);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
  }
}
