package io.qilin.data.demo;

import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.ThemeMembership;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What changes slowly in the demo market: quarterly reports of the last three years, of a company of steady quality, and
 * themes. All are invented.
 */
final class DemoReports {
  private static final int QUARTERS = 13;
  private static final int THEMES = 4;

  private DemoReports() {}

  /** Two of four themes for every share, for as long as the market has it. */
  static void themes(DemoRecords.ShareDay share, List<MarketRecord> made) {
    long code = Long.parseLong(share.symbol().code());
    LocalDate from = LocalDate.of(2000, 1, 1);
    for (long theme : new long[] {code % THEMES, (code / THEMES) % THEMES}) {
      made.add(new ThemeMembership(
          share.symbol(),
          "演示题材" + theme,
          Double.NaN,
          from,
          Optional.empty(),
          PublicationTimes.startOf(from),
          share.source()));
    }
  }

  static void add(DemoRecords.ShareDay share, List<MarketRecord> made) {
    LocalDate quarter = quarterBefore(share.date());
    for (int k = 0; k < QUARTERS; k++) {
      made.add(report(share, quarter));
      quarter = quarterBefore(quarter);
    }
  }

  /** The last end of a quarter before a day. */
  private static LocalDate quarterBefore(LocalDate day) {
    LocalDate start = LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
    return start.minusDays(1);
  }

  /** Figures from the beginning of the year to the end of the quarter, as Chinese reports give them. */
  private static FundamentalSnapshot report(DemoRecords.ShareDay share, LocalDate end) {
    SeededRandom company = share.random(DemoRecords.Kind.COMPANY, LocalDate.EPOCH);
    double size = share.firstWorth() * company.between(0.3, 1.5);
    double growth = company.between(-0.10, 0.25);
    double margin = company.between(-0.03, 0.20);
    double goodwill = company.between(0.0, 0.3);
    double pledge = company.between(0.0, 0.5);
    SeededRandom random = share.random(DemoRecords.Kind.REPORT, end);
    double years = end.getYear() - 2020 + end.getMonthValue() / 12.0;
    double part = end.getMonthValue() / 12.0;
    double revenue = size * part * Math.max(0.2, 1 + growth * years) * random.between(0.95, 1.05);
    double profit = revenue * (margin + 0.01 * random.normal());
    double equity = size * Math.max(0.3, 0.8 + 0.5 * margin * years);
    boolean annual = end.getMonthValue() == 12;
    LocalDate announced = end.plusDays(random.between(20, annual ? 110 : 30));
    return new FundamentalSnapshot(
        share.symbol(),
        announced,
        end,
        PublicationTimes.ofAnnouncement(announced),
        share.source(),
        yuan(revenue),
        yuan(profit),
        yuan(profit - revenue * random.between(0.0, 0.01)),
        yuan(equity),
        yuan(profit * random.between(0.5, 1.4)),
        yuan(equity * company.between(0.2, 1.2)),
        yuan(equity * goodwill),
        Math.rint(pledge * 100) / 100);
  }

  private static double yuan(double value) {
    return Math.rint(value);
  }
}
