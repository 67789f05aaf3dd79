package io.qilin.agents.analyst;

import io.qilin.api.record.FundamentalSnapshot;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The reports of one company as they stood at the moment of decision: of each period the one that
 * was announced last. Two origins that announced on one day and differ by more than 1 % make the
 * period unknown. Amounts are cumulative from January; twelve months (TTM) are the last full year,
 * plus the year so far, less the same part of the year before.
 */
final class Reports {
  private static final int MOST = 64;
  private static final double NEAR = 0.01;
  private static final double FALLS = 0.98;

  private final List<FundamentalSnapshot> periods = new ArrayList<>();
  private boolean contradictory;
  private boolean restated;
  private boolean cumulative = true;

  private Reports() {}

  /**
   * @param records of one share, in the order of their periods; the last 64 are read
   */
  static Reports of(List<FundamentalSnapshot> records) {
    Reports reports = new Reports();
    int from = Math.max(0, records.size() - MOST);
    while (from < records.size()) {
      int end = from + 1;
      while (end < records.size()
          && records.get(end).periodEnd().equals(records.get(from).periodEnd())) {
        end++;
      }
      if (quarterEnd(records.get(from).periodEnd())) {
        reports.choose(records.subList(from, end));
      }
      from = end;
    }
    reports.check();
    return reports;
  }

  private static boolean quarterEnd(LocalDate day) {
    return day.getMonthValue() % 3 == 0 && day.getDayOfMonth() == day.lengthOfMonth();
  }

  private void choose(List<FundamentalSnapshot> ofPeriod) {
    if (ofPeriod.size() == 1) {
      restated = false;
      periods.add(ofPeriod.get(0));
      return;
    }
    FundamentalSnapshot last = ofPeriod.get(0);
    Map<String, FundamentalSnapshot> lastWords = new TreeMap<>();
    for (FundamentalSnapshot report : ofPeriod) {
      last = report.announceDate().isBefore(last.announceDate()) ? last : report;
      lastWords.merge(
          report.source().provider() + ":" + report.source().origin(),
          report,
          (old, now) -> now.announceDate().isBefore(old.announceDate()) ? old : now);
    }
    boolean changed = false;
    for (FundamentalSnapshot report : ofPeriod) {
      changed |= report.announceDate().isBefore(last.announceDate()) && !agree(report, last);
    }
    for (FundamentalSnapshot word : lastWords.values()) {
      if (word.announceDate().equals(last.announceDate()) && !agree(word, last)) {
        contradictory = true;
        return;
      }
    }
    restated = changed;
    periods.add(last);
  }

  private static boolean agree(FundamentalSnapshot one, FundamentalSnapshot other) {
    return agree(one.revenue(), other.revenue())
        && agree(one.netProfit(), other.netProfit())
        && agree(one.netProfitExNonrecurring(), other.netProfitExNonrecurring())
        && agree(one.equity(), other.equity());
  }

  private static boolean agree(double one, double other) {
    return Double.isNaN(one)
        || Double.isNaN(other)
        || Math.abs(one - other) <= NEAR * Math.max(Math.abs(one), Math.abs(other));
  }

  /** Revenue of a year that falls from quarter to quarter is not cumulative. */
  private void check() {
    for (int k = 1; k < periods.size(); k++) {
      FundamentalSnapshot before = periods.get(k - 1);
      FundamentalSnapshot now = periods.get(k);
      boolean oneYear = before.periodEnd().getYear() == now.periodEnd().getYear();
      if (oneYear && now.revenue() < before.revenue() * FALLS) {
        cumulative = false;
      }
    }
  }

  boolean isEmpty() {
    return periods.isEmpty();
  }

  /** Whether origins contradict each other on a period. */
  boolean contradictory() {
    return contradictory;
  }

  /** Whether the newest period was announced before with other figures. */
  boolean restated() {
    return restated;
  }

  /** Whether the amounts of each year rise from quarter to quarter, as cumulative ones do. */
  boolean cumulative() {
    return cumulative;
  }

  /** The last period; there must be one. */
  FundamentalSnapshot newest() {
    return periods.get(periods.size() - 1);
  }

  private double at(YearMonth month, ToDoubleFunction<FundamentalSnapshot> figure) {
    for (int k = periods.size() - 1; k >= 0; k--) {
      LocalDate end = periods.get(k).periodEnd();
      if (end.getYear() == month.getYear() && end.getMonth() == month.getMonth()) {
        return figure.applyAsDouble(periods.get(k));
      }
    }
    return Double.NaN;
  }

  /** An amount that does not add up over time, at the end of the last period. */
  double last(ToDoubleFunction<FundamentalSnapshot> figure) {
    return isEmpty() ? Double.NaN : figure.applyAsDouble(newest());
  }

  /** The same a year before the last period. */
  double yearBefore(ToDoubleFunction<FundamentalSnapshot> figure) {
    return isEmpty() ? Double.NaN : at(YearMonth.from(newest().periodEnd()).minusYears(1), figure);
  }

  /** An amount of the twelve months up to the last period; {@code NaN} if a report is missing. */
  double twelveMonths(ToDoubleFunction<FundamentalSnapshot> figure) {
    if (isEmpty() || !cumulative) {
      return Double.NaN;
    }
    YearMonth end = YearMonth.from(newest().periodEnd());
    double soFar = figure.applyAsDouble(newest());
    if (end.getMonth() == Month.DECEMBER) {
      return soFar;
    }
    return soFar + at(YearMonth.of(end.getYear() - 1, 12), figure) - yearBefore(figure);
  }

  /**
   * How an amount of the year so far has changed on the same part of the year before: the difference
   * over the mean of both magnitudes, in [−2, 2], so that a turn from loss to profit has its right
   * sign. For amounts of one sign it orders companies as the plain growth rate does.
   */
  double growth(ToDoubleFunction<FundamentalSnapshot> figure) {
    if (isEmpty() || !cumulative) {
      return Double.NaN;
    }
    double now = figure.applyAsDouble(newest());
    double before = yearBefore(figure);
    double size = (Math.abs(now) + Math.abs(before)) / 2;
    return size > 0 ? (now - before) / size : Double.NaN;
  }

  /** Revenue of the last full year that is known; {@code NaN} if none is. */
  double annualRevenue() {
    for (int k = periods.size() - 1; k >= 0; k--) {
      if (periods.get(k).periodEnd().getMonth() == Month.DECEMBER) {
        return periods.get(k).revenue();
      }
    }
    return Double.NaN;
  }
}
