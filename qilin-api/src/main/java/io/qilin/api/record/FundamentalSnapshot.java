package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What a company announced about one period (财务报告). It is dated by its announcement, never by the period: a report of
 * March may come out at the end of April, and be restated later. Each restatement is a record of its own with the same
 * {@code periodEnd} and a later {@code announceDate}; at a moment the last one that was public then holds.
 *
 * <p>Amounts are cumulative from the beginning of the year as in the report, in yuan; {@code NaN} if not known.
 *
 * @param of the share
 * @param announceDate the day under which it was announced (公告日)
 * @param periodEnd last day of the period (报告期), not after the announcement
 * @param asOf when it became public, not before the announceDate begins
 * @param source who says so
 * @param revenue operating revenue (营业收入)
 * @param netProfit net profit of the shareholders (归母净利润)
 * @param netProfitExNonrecurring net profit without what will not come again (扣非净利润)
 * @param equity shareholders' equity (归母净资产)
 * @param operatingCashFlow cash from operations (经营现金流)
 * @param debt total liabilities (总负债)
 * @param goodwill goodwill (商誉)
 * @param pledgeRatio the part of the shares that is pledged (质押比例), a fraction
 */
public record FundamentalSnapshot(
    Symbol of,
    LocalDate announceDate,
    LocalDate periodEnd,
    Instant asOf,
    Provenance source,
    double revenue,
    double netProfit,
    double netProfitExNonrecurring,
    double equity,
    double operatingCashFlow,
    double debt,
    double goodwill,
    double pledgeRatio)
    implements MarketRecord {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for an infinite amount, a pledge ratio outside 0 to 1, a period that ends
   *     after its announcement, or an asOf before the day of the announcement
   */
  public FundamentalSnapshot {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(announceDate, "announceDate");
    Objects.requireNonNull(periodEnd, "periodEnd");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    RecordChecks checks = RecordChecks.of("a report", of);
    checks.finite("revenue", revenue);
    checks.finite("netProfit", netProfit);
    checks.finite("netProfitExNonrecurring", netProfitExNonrecurring);
    checks.finite("equity", equity);
    checks.finite("operatingCashFlow", operatingCashFlow);
    checks.amount("debt", debt);
    checks.amount("goodwill", goodwill);
    checks.fraction("pledgeRatio", pledgeRatio);
    if (announceDate.isBefore(periodEnd)) {
      throw checks.wrong("a period that ends on " + periodEnd + " cannot be announced on "
          + announceDate + ", before");
    }
    if (asOf.isBefore(PublicationTimes.startOf(announceDate))) {
      throw checks.wrong(
          "it was announced on " + announceDate + " and cannot be public before, at " + asOf);
    }
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(of);
  }

  /** The beginning of the last day of the period. */
  @Override
  public Instant eventTime() {
    return PublicationTimes.startOf(periodEnd);
  }
}
