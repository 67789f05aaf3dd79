package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * How well a factor ranks instruments by what became of them, day by day and over all days: IC and rank IC with their
 * significance, over several horizons; returns of groups by factor; turnover; coverage, and what was dropped and why.
 * {@link StudyConventions} states what each figure means; daily formulas are Qlib's (microsoft/qlib,
 * qlib/contrib/eva/alpha.py) where Qlib has the figure.
 *
 * <p>Pairs in which either side is {@code NaN} or infinite are dropped. Figures without a value on a day are {@code NaN}
 * there and left out of means. Immutable and safe to share.
 */
public final class FactorStudy {
  private static final double TRADING_DAYS_A_YEAR = 252;

  private final String name;
  private final List<LocalDate> dates;
  private final DaySeries series;
  private final Drops drops;
  private final int groups;
  private final List<HorizonStudy> horizons;

  FactorStudy(
      String name,
      List<LocalDate> dates,
      List<Symbol> symbols,
      FactorLane lane,
      StudySettings settings) {
    this.name = name;
    this.dates = dates;
    this.series = lane.series().copy();
    this.drops = new Drops(dates, symbols, lane.drops());
    this.groups = settings.groups();
    List<HorizonStudy> studies = new ArrayList<>();
    for (int h = 0; h < settings.horizons().size(); h++) {
      Horizon horizon = settings.horizons().get(h);
      studies.add(new HorizonStudy(
          horizon,
          test(h, Figures.IC, horizon, settings),
          test(h, Figures.RANK_IC, horizon, settings),
          test(h, Figures.NEUTRAL_RANK_IC, horizon, settings),
          test(h, Figures.SPREAD, horizon, settings)));
    }
    this.horizons = List.copyOf(studies);
  }

  private MeanTest test(int horizon, int figure, Horizon of, StudySettings settings) {
    double[] figures = series.column(Figures.of(groups, horizon, figure));
    int days = (int) Arrays.stream(figures).filter(Double::isFinite).count();
    return MeanTest.of(figures, settings.lag().orElseGet(() -> MeanTest.lag(days, of.days())));
  }

  /**
   * Studies one factor by one label on the days that both tables hold.
   *
   * @param factor a column of the factor table
   * @param label a column of the label table, which is taken to span one day
   * @throws QilinException DATA_NOT_FOUND for an unknown column; INVALID_ARGUMENT if no day is in both tables
   */
  public static FactorStudy of(
      FactorTable factors, String factor, LabelTable labels, String label) {
    int column = factors.indexOf(factor);
    return StudyFeed.run(factors, List.of(column), labels, byLabel(labels, label))
        .factors()
        .get(0);
  }

  /**
   * Studies every factor of a table: the same as {@link #of} for each, in the order of the columns, with less work.
   *
   * @param label a column of the label table, which is taken to span one day
   * @throws QilinException as {@link #of}
   */
  public static List<FactorStudy> all(FactorTable factors, LabelTable labels, String label) {
    return all(factors, labels, byLabel(labels, label)).factors();
  }

  private static StudySettings byLabel(LabelTable labels, String label) {
    String name = labels.names().get(labels.indexOf(label));
    Horizon horizon = new Horizon(1, new Label(name, name), "as the label says");
    return StudySettings.builder().horizons(List.of(horizon)).build();
  }

  /**
   * Studies every factor of a table on the days that both tables hold.
   *
   * @param labels has a column for each horizon of the settings
   * @throws QilinException DATA_NOT_FOUND if the labels lack a horizon; INVALID_ARGUMENT if no day is in both tables;
   *     CANCELLED
   */
  public static StudyResult all(FactorTable factors, LabelTable labels, StudySettings settings) {
    List<Integer> columns = new ArrayList<>();
    for (int column = 0; column < factors.names().size(); column++) {
      columns.add(column);
    }
    return StudyFeed.run(factors, columns, labels, settings);
  }

  /**
   * Computes the factors and the horizons' labels over a panel and studies them, a block of days at a time, so that the
   * memory asked for in the settings suffices for panels of any length. The panel is taken as the settings' bars unless
   * these are given.
   *
   * @throws QilinException as {@link FactorEngine#compute(Panel, FactorSet, LocalDate, LocalDate)}
   */
  public static StudyResult all(
      FactorEngine engine, Panel panel, FactorSet factors, StudySettings settings) {
    StudySettings full = settings.bars().isPresent()
        ? settings
        : settings.toBuilder().bars(panel).build();
    return StudyFeed.run(engine, panel, factors, full);
  }

  /** The factor's name. */
  public String name() {
    return name;
  }

  /** The days, ascending. */
  public List<LocalDate> dates() {
    return dates;
  }

  /** The days with their figures over the main horizon, ascending. */
  public List<DailyStudy> days() {
    return new Days();
  }

  private final class Days extends AbstractList<DailyStudy> implements RandomAccess {
    @Override
    public DailyStudy get(int day) {
      return new DailyStudy(
          dates.get(day),
          (int) series.get(Figures.KNOWN, day),
          (int) series.get(Figures.PAIRS, day),
          series.get(Figures.of(groups, 0, Figures.IC), day),
          series.get(Figures.of(groups, 0, Figures.RANK_IC), day),
          series.get(Figures.LONG_SHORT, day),
          series.get(Figures.LONG_AVERAGE, day),
          series.get(Figures.LONG_PRECISION, day),
          series.get(Figures.SHORT_PRECISION, day),
          series.get(Figures.AUTOCORRELATION, day));
    }

    @Override
    public int size() {
      return dates.size();
    }
  }

  /** The horizons, the main one first. */
  public List<HorizonStudy> horizons() {
    return horizons;
  }

  /** The main horizon. */
  public HorizonStudy main() {
    return horizons.get(0);
  }

  /** Mean IC over the main horizon; {@code NaN} if no day has one. */
  public double ic() {
    return main().ic().mean();
  }

  /** Mean IC over its standard deviation (ddof 1) from day to day; not annualised. */
  public double icIr() {
    return main().ic().ratio();
  }

  /** Mean rank IC over the main horizon; {@code NaN} if no day has one. */
  public double rankIc() {
    return main().rankIc().mean();
  }

  /** Mean rank IC over its standard deviation (ddof 1) from day to day; not annualised. */
  public double rankIcIr() {
    return main().rankIc().ratio();
  }

  /** Mean of Qlib's long-short return, half of top fifth less bottom fifth, × 252. */
  public double longShortAnnualReturn() {
    return mean(Figures.LONG_SHORT) * TRADING_DAYS_A_YEAR;
  }

  /** Mean of Qlib's long-short return over its standard deviation (ddof 1), × √252. */
  public double longShortAnnualSharpe() {
    return annualSharpe(Figures.LONG_SHORT);
  }

  /** Mean of the daily mean outcome of all instruments, Qlib's long-average return, × 252. */
  public double longAverageAnnualReturn() {
    return mean(Figures.LONG_AVERAGE) * TRADING_DAYS_A_YEAR;
  }

  /** Mean of the daily mean outcome of all instruments over its standard deviation (ddof 1), × √252. */
  public double longAverageAnnualSharpe() {
    return annualSharpe(Figures.LONG_AVERAGE);
  }

  /** Mean of Qlib's long precision: the share of the top fifth with an outcome above 0. */
  public double longPrecision() {
    return mean(Figures.LONG_PRECISION);
  }

  /** Mean of Qlib's short precision: the share of the bottom fifth with an outcome below 0. */
  public double shortPrecision() {
    return mean(Figures.SHORT_PRECISION);
  }

  /** Mean correlation of the factor with itself a day before. */
  public double autocorrelation() {
    return mean(Figures.AUTOCORRELATION);
  }

  /** Mean rank correlation of the factor with itself a day before. */
  public double rankAutocorrelation() {
    return mean(Figures.RANK_AUTOCORRELATION);
  }

  /** Mean share of the top group that was not in it a day before, 0 to 1. */
  public double turnover() {
    return mean(Figures.TURNOVER);
  }

  /**
   * Share of pairs of instrument and day with a value of the factor, 0 to 1: of those in the instruments' spans if the bars
   * were given, else of all.
   */
  public double coverage() {
    double listed = Arrays.stream(series.column(Figures.LISTED)).sum();
    return listed == 0
        ? Double.NaN
        : Arrays.stream(series.column(Figures.KNOWN)).sum() / listed;
  }

  /** Days without an IC: fewer than two pairs, or one side did not vary. */
  public int excludedDays() {
    return dates.size() - main().ic().days();
  }

  /** How many groups by factor there are. */
  public int groups() {
    return groups;
  }

  /** Mean of a group's daily mean outcome over the main horizon; group 0 has the lowest factor. */
  public double groupReturn(int group) {
    return mean(Figures.group(checkGroup(group)));
  }

  /** Mean of the top group's daily mean outcome: every member, whether it could be bought or not. */
  public double topReturn() {
    return groupReturn(groups - 1);
  }

  /** The same over the members that could be bought; {@code NaN} without tradability. */
  public double buyableTopReturn() {
    return mean(Figures.TOP_BUYABLE);
  }

  /** Mean share of the top group that could be bought; {@code NaN} without tradability. */
  public double buyableTopShare() {
    return mean(Figures.TOP_BUYABLE_SHARE);
  }

  /** By day: a copy of the IC over a horizon, by its place. */
  public double[] dailyIc(int horizon) {
    return daily(horizon, Figures.IC);
  }

  /** By day: the rank IC over a horizon. */
  public double[] dailyRankIc(int horizon) {
    return daily(horizon, Figures.RANK_IC);
  }

  /** By day: the group-neutral rank IC over a horizon. */
  public double[] dailyNeutralRankIc(int horizon) {
    return daily(horizon, Figures.NEUTRAL_RANK_IC);
  }

  /** By day: top group less bottom group over a horizon. */
  public double[] dailySpread(int horizon) {
    return daily(horizon, Figures.SPREAD);
  }

  /** By day: mean outcome of a group over the main horizon. */
  public double[] dailyGroup(int group) {
    return series.column(Figures.group(checkGroup(group)));
  }

  /** By day: mean outcome of those of the top group that could be bought. */
  public double[] dailyBuyableTop() {
    return series.column(Figures.TOP_BUYABLE);
  }

  /** By day: share of the top group that was not in it a day before. */
  public double[] dailyTurnover() {
    return series.column(Figures.TURNOVER);
  }

  /** By day: rank correlation of the factor with itself a day before. */
  public double[] dailyRankAutocorrelation() {
    return series.column(Figures.RANK_AUTOCORRELATION);
  }

  /** By day: share of the listed instruments with a value of the factor. */
  public double[] dailyCoverage() {
    double[] known = series.column(Figures.KNOWN);
    double[] listed = series.column(Figures.LISTED);
    Arrays.setAll(known, day -> listed[day] == 0 ? Double.NaN : known[day] / listed[day]);
    return known;
  }

  /**
   * Adds up daily outcomes over the main horizon, each divided by the horizon's days: what one earns who invests an equal
   * part every day and does not compound. Days without an outcome add nothing.
   *
   * @param daily for example {@link #dailyGroup} or {@code dailySpread(0)}
   */
  public double[] cumulated(double[] daily) {
    double[] sums = new double[daily.length];
    double sum = 0;
    for (int day = 0; day < sums.length; day++) {
      sum += Double.isFinite(daily[day]) ? daily[day] / main().horizon().days() : 0;
      sums[day] = sum;
    }
    return sums;
  }

  /** What did not count, and why. */
  public Drops drops() {
    return drops;
  }

  private double[] daily(int horizon, int figure) {
    if (horizon < 0 || horizon >= horizons.size()) {
      throw QilinException.invalid(
          "horizons are 0 to " + (horizons.size() - 1) + ", the main one first, was " + horizon);
    }
    return series.column(Figures.of(groups, horizon, figure));
  }

  private int checkGroup(int group) {
    if (group < 0 || group >= groups) {
      throw QilinException.invalid("groups are 0 to " + (groups - 1) + ", was " + group);
    }
    return group;
  }

  private double annualSharpe(int figure) {
    return MeanTest.of(series.column(figure), 0).ratio() * Math.sqrt(TRADING_DAYS_A_YEAR);
  }

  private double mean(int figure) {
    return Arrays.stream(series.column(figure))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
