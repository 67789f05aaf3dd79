package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SocialPost;
import io.qilin.api.record.SourceTier;
import io.qilin.api.record.StatusNotice;
import io.qilin.core.rules.MarketRuleBook;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** News, posts and reports about every share of a market, which depend on nothing after its day. */
final class PaperRecords {
  private static final List<String> TITLES =
      List.of("公司中标重大项目", "公司收购甲厂", "股东减持", "公司被立案调查", "天气晴朗", "Profit rises", "公司不收购乙厂");

  private PaperRecords() {}

  static MarketSnapshot added(MarketSnapshot market) {
    List<MarketRecord> records = new ArrayList<>();
    Instant now = Records.at(market.day().plusDays(1), "09:26:00");
    for (Symbol symbol : market.raw().symbols()) {
      int k = Integer.parseInt(symbol.code()) % 1000;
      news(records, symbol, k, now);
      posts(records, symbol, k, now);
      reports(records, symbol, k, market.day());
      MarketRuleBook.boardOf(symbol).ifPresent(board -> records.add(shares(symbol, board)));
      records.add(Records.theme(
          symbol, "industry:" + k % 3, LocalDate.of(2020, 1, 1), Optional.empty(), market.day()));
    }
    return market.withRecords(SnapshotRecords.of(records, now));
  }

  private static void news(List<MarketRecord> records, Symbol symbol, int k, Instant now) {
    for (int n = 0; n < 3; n++) {
      Instant time = now.minus(Duration.ofHours(5 + 20L * n + k % 7));
      records.add(new NewsItem(
          time,
          time,
          Records.SOURCE,
          TITLES.get((k + n) % TITLES.size()),
          "",
          SourceTier.values()[(k + n) % 3],
          Optional.empty(),
          List.of(symbol)));
    }
  }

  private static void posts(List<MarketRecord> records, Symbol symbol, int k, Instant now) {
    for (int n = 0; n < 20; n++) {
      Instant time = now.minus(Duration.ofHours(1 + 3L * n * (1 + n / 6)));
      String word = (n * 7 + k) % 5 < 2 ? "看空" : "看多";
      records.add(new SocialPost(
          time,
          time,
          Records.SOURCE,
          "",
          "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉".charAt(n) + "说" + word,
          SourceTier.SOCIAL,
          Optional.of("author" + n),
          OptionalLong.of(n),
          OptionalLong.empty(),
          List.of(symbol)));
    }
  }

  private static void reports(List<MarketRecord> records, Symbol symbol, int k, LocalDate day) {
    int year = day.getYear() - 1;
    for (String end : List.of((year - 1) + "-12-31", year + "-12-31")) {
      LocalDate last = LocalDate.parse(end);
      records.add(report(symbol, k, last));
    }
    YearMonth quarter = YearMonth.from(day).minusMonths(3);
    if (quarter.getYear() == day.getYear()) {
      int month = quarter.getMonthValue() / 3 * 3;
      for (int y = year; month > 0 && y <= day.getYear(); y++) {
        records.add(report(symbol, k, YearMonth.of(y, month).atEndOfMonth()));
      }
    }
  }

  private static FundamentalSnapshot report(Symbol symbol, int k, LocalDate end) {
    double part = end.getMonthValue() / 12.0;
    double size = 1e8 * part * (1 + (31 * k + end.getYear()) % 17);
    return new FundamentalSnapshot(
        symbol,
        end,
        end,
        PublicationTimes.startOf(end),
        Records.SOURCE,
        size,
        size * 0.1,
        size * 0.08,
        2e8 + 1e6 * k,
        size * 0.12,
        1e8 + 2e6 * k,
        1e6 * k,
        k % 10 / 20.0);
  }

  private static StatusNotice shares(Symbol symbol, Board board) {
    LocalDate from = LocalDate.of(2001, 1, 2);
    SecurityStatus status = new SecurityStatus(
        symbol,
        from,
        board,
        "name",
        RiskWarning.NONE,
        Optional.of(from),
        Optional.empty(),
        OptionalLong.of(50_000_000),
        OptionalLong.empty(),
        OptionalLong.empty());
    return new StatusNotice(status, PublicationTimes.startOf(from), Records.SOURCE);
  }
}
