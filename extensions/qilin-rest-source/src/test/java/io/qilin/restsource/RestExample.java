package io.qilin.restsource;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import io.qilin.data.source.MarketDataProviders;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/** The programs of the README. */
final class RestExample {
  private RestExample() {}

  static void tushare(Map<String, String> settings, PrintStream out) {
    Symbol maotai = Symbol.parse("600519.SH");
    try (MarketDataSource tushare =
        MarketDataProviders.discover().get("tushare").open(settings)) {
      Panel panel = tushare
          .bars(BarQuery.ALL
              .withSymbols(Set.of(maotai))
              .between(LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 5)))
          .panel();
      out.println("shares traded: " + panel.value(Field.VOLUME, 0, 0));

      Instant decision = Instant.parse("2023-11-01T01:30:00Z");
      Records<FundamentalSnapshot> known = tushare.records(
          RecordQuery.of(FundamentalSnapshot.class, decision).withSymbols(Set.of(maotai)));
      known
          .rows()
          .forEach(report -> out.println(report.periodEnd() + " announced " + report.announceDate()
              + ": " + report.revenue()));
    }
  }
}
