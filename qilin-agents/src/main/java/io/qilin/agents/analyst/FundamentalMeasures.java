package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Field;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.StatusNotice;
import java.util.List;
import java.util.Optional;

/** The raw figures of one company for {@link FundamentalsAnalyst}, and what speaks against them. */
final class FundamentalMeasures {
  static final int ROE = 0;
  static final int CASH = 1;
  static final int CORE_GROWTH = 4;
  static final int REVENUE_GROWTH = 5;
  static final int EARNINGS_YIELD = 7;
  static final int BOOK_YIELD = 8;
  static final int LEVERAGE = 9;
  static final int GOODWILL = 10;
  static final int PLEDGE = 11;

  static final ScoreSheet SHEET = new ScoreSheet(
      FundamentalsAnalyst.ID,
      List.of(
          new ScoreSheet.Part("roe-ttm", "fraction", 150, "reports"),
          new ScoreSheet.Part("cash-conversion", "1", 100, "reports"),
          new ScoreSheet.Part("gross-margin", "fraction", 70, "none"),
          new ScoreSheet.Part("audit-opinion", "1", 30, "none"),
          new ScoreSheet.Part("core-profit-growth", "fraction", 120, "reports"),
          new ScoreSheet.Part("revenue-growth", "fraction", 80, "reports"),
          new ScoreSheet.Part("forecast", "fraction", 50, "none"),
          new ScoreSheet.Part("earnings-yield", "fraction", 130, "reports, bars"),
          new ScoreSheet.Part("book-yield", "fraction", 120, "reports, bars"),
          new ScoreSheet.Part("leverage", "fraction", 50, "reports"),
          new ScoreSheet.Part("goodwill", "fraction", 40, "reports"),
          new ScoreSheet.Part("pledge", "fraction", 40, "reports"),
          new ScoreSheet.Part("unlocks", "fraction", 20, "none")));

  static final ScoreSheet LEGACY_SHEET = new ScoreSheet(
      FundamentalsAnalyst.ID,
      List.of(
          new ScoreSheet.Part("pe", "1", 200, "reports, bars"),
          new ScoreSheet.Part("pb", "1", 200, "reports, bars"),
          new ScoreSheet.Part("roe", "fraction", 200, "reports"),
          new ScoreSheet.Part("revenue-growth", "fraction", 200, "reports"),
          new ScoreSheet.Part("profit-growth", "fraction", 200, "reports")));

  private static final int MONTHS = 9;
  private static final double MOST_TO_BOOK = 1000;
  private static final double LEAST_TO_BOOK = 0.01;
  private static final double HIGH = 0.5;

  private final Reports reports;
  private final double profit;
  private final double equity;
  private final double roe;
  private final boolean stale;
  private final boolean odd;
  private final double worth;
  private final RiskWarning warning;

  private FundamentalMeasures(Reports reports, boolean stale, double worth, RiskWarning warning) {
    this.reports = reports;
    this.stale = stale;
    this.warning = warning;
    equity = reports.last(FundamentalSnapshot::equity);
    profit = reports.twelveMonths(FundamentalSnapshot::netProfit);
    double before = reports.yearBefore(FundamentalSnapshot::equity);
    roe = profit / (before > 0 ? (equity + before) / 2 : equity);
    double toBook = worth / equity;
    odd = toBook > MOST_TO_BOOK || (toBook > 0 && toBook < LEAST_TO_BOOK);
    this.worth = odd ? Double.NaN : worth;
  }

  static FundamentalMeasures of(MarketSnapshot snapshot, int i) {
    Symbol symbol = snapshot.raw().symbols().get(i);
    Reports reports = Reports.of(snapshot.records().of(FundamentalSnapshot.class, symbol));
    boolean stale = !reports.isEmpty()
        && reports.newest().periodEnd().isBefore(snapshot.day().minusMonths(MONTHS));
    Optional<SecurityStatus> status = new ShareStatus(snapshot, symbol).on(snapshot.day());
    double close = snapshot.raw().value(Field.CLOSE, i, snapshot.raw().days().size() - 1);
    return new FundamentalMeasures(
        reports,
        stale,
        shares(snapshot, symbol, status) * close,
        status.map(SecurityStatus::riskWarning).orElse(RiskWarning.NONE));
  }

  private static double shares(
      MarketSnapshot snapshot, Symbol symbol, Optional<SecurityStatus> status) {
    if (status.isPresent() && status.get().totalShares().isPresent()) {
      return status.get().totalShares().getAsLong();
    }
    double last = Double.NaN;
    for (StatusNotice notice : snapshot.records().of(StatusNotice.class, symbol)) {
      SecurityStatus told = notice.status();
      if (told.totalShares().isPresent() && !told.from().isAfter(snapshot.day())) {
        last = told.totalShares().getAsLong();
      }
    }
    return last;
  }

  private boolean unusable() {
    return reports.isEmpty() || stale;
  }

  /** The raw values of the standard sheet, none ranked yet. */
  ScoreSheet.Row row() {
    ScoreSheet.Row row = SHEET.row();
    mark(row);
    if (unusable()) {
      return row;
    }
    double debt = reports.last(FundamentalSnapshot::debt);
    raw(row, ROE, equity > 0 ? roe : Double.NaN);
    double cash = reports.twelveMonths(FundamentalSnapshot::operatingCashFlow);
    raw(row, CASH, profit > 0 ? cash / profit : Double.NaN);
    raw(row, CORE_GROWTH, reports.growth(FundamentalSnapshot::netProfitExNonrecurring));
    raw(row, REVENUE_GROWTH, reports.growth(FundamentalSnapshot::revenue));
    raw(row, EARNINGS_YIELD, profit / worth);
    raw(row, BOOK_YIELD, equity / worth);
    raw(row, LEVERAGE, equity > 0 ? debt / (debt + equity) : Double.NaN);
    double goodwill = reports.last(FundamentalSnapshot::goodwill);
    raw(row, GOODWILL, equity > 0 ? goodwill / equity : Double.NaN);
    raw(row, PLEDGE, reports.last(FundamentalSnapshot::pledgeRatio));
    return row;
  }

  /** Whether a part has the value 0 without a ratio that could be ranked. */
  boolean worst(int part) {
    boolean lost = part == CASH && profit <= 0;
    boolean gone = (part == ROE || part == LEVERAGE || part == GOODWILL) && equity <= 0;
    return !unusable() && (lost || gone);
  }

  static boolean lowIsBetter(int part) {
    return part == LEVERAGE || part == GOODWILL || part == PLEDGE;
  }

  /** The raw values of the legacy sheet; yields stand for the reciprocals. */
  ScoreSheet.Row legacyRow() {
    ScoreSheet.Row row = LEGACY_SHEET.row();
    mark(row);
    if (!unusable()) {
      raw(row, 0, worth / profit);
      raw(row, 1, worth / equity);
      raw(row, 2, equity > 0 ? roe : Double.NaN);
      raw(row, 3, reports.growth(FundamentalSnapshot::revenue));
      raw(row, 4, reports.growth(FundamentalSnapshot::netProfit));
    }
    return row;
  }

  private static void raw(ScoreSheet.Row row, int part, double value) {
    row.set(part, value, Double.NaN);
  }

  private void mark(ScoreSheet.Row row) {
    if (warning != RiskWarning.NONE) {
      row.flag("RISK_WARNING").warn("the share bears the warning " + warning);
    }
    if (reports.contradictory()) {
      row.flag(SealRecords.CONTRADICTORY).warn("origins differ on a report; the period is dropped");
    }
    if (reports.isEmpty()) {
      return;
    }
    if (stale) {
      row.flag("STALE")
          .warn("the last report, of " + reports.newest().periodEnd()
              + ", is older than nine months and is not used");
      return;
    }
    if (!reports.cumulative()) {
      row.flag("NOT_CUMULATIVE")
          .warn("revenue falls within a year: the figures do not look cumulative");
    }
    if (reports.restated()) {
      row.flag("RESTATED");
    }
    if (odd) {
      row.flag(SealRecords.UNITS)
          .warn("equity does not fit the market value; the value parts are not used");
    }
    if (equity <= 0) {
      row.flag("NEGATIVE_EQUITY");
    }
    if (profit < 0) {
      row.flag("LOSS");
    }
    if (reports.last(FundamentalSnapshot::goodwill) > HIGH * equity) {
      row.flag("HIGH_GOODWILL");
    }
    if (reports.last(FundamentalSnapshot::pledgeRatio) > HIGH) {
      row.flag("HIGH_PLEDGE");
    }
  }
}
