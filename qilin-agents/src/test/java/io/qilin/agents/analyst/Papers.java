package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Board;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SocialPost;
import io.qilin.api.record.SourceTier;
import io.qilin.api.record.StatusNotice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** News, posts and reports for the tests of analysts. */
final class Papers {
  static final Symbol SHARE = Markets.share(1);
  static final Instant NOW = Records.at(Records.SESSION, "09:29:00");
  static final Provenance OTHER = new Provenance("other", "made", true);

  private Papers() {}

  /** Shares that stand at 10.00. */
  static Panel flat(int count) {
    List<String> rows = new ArrayList<>();
    for (Symbol share : Records.shares(count)) {
      rows.add(Records.DAY + " " + share + " 10 10.1 9.9 10 1000000 10000000 10");
    }
    return Records.bars(rows);
  }

  static MarketSnapshot known(Collection<? extends MarketRecord> records) {
    return Records.known(flat(1), records);
  }

  static NewsItem news(SourceTier tier, double daysAgo, String title) {
    return news(tier, daysAgo, title, "", List.of(SHARE));
  }

  static NewsItem news(
      SourceTier tier, double daysAgo, String title, String body, List<Symbol> symbols) {
    Instant time = NOW.minus(Duration.ofSeconds(Math.round(daysAgo * 86_400)));
    return new NewsItem(time, time, Records.SOURCE, title, body, tier, Optional.empty(), symbols);
  }

  static SocialPost post(Symbol of, double daysAgo, String author, String text, long likes) {
    return post(of, daysAgo, author, text, likes, Records.SOURCE);
  }

  static SocialPost post(
      Symbol of, double daysAgo, String author, String text, long likes, Provenance source) {
    Instant time = NOW.minus(Duration.ofSeconds(Math.round(daysAgo * 86_400)));
    return new SocialPost(
        time,
        time,
        source,
        "",
        text,
        SourceTier.SOCIAL,
        author.isEmpty() ? Optional.empty() : Optional.of(author),
        OptionalLong.of(likes),
        OptionalLong.empty(),
        List.of(of));
  }

  /** The total shares of a share. */
  static StatusNotice shares(Symbol of, long total) {
    SecurityStatus status = new SecurityStatus(
        of,
        LocalDate.of(2001, 1, 2),
        Board.SSE_MAIN,
        "name",
        RiskWarning.NONE,
        Optional.of(LocalDate.of(2001, 1, 2)),
        Optional.empty(),
        OptionalLong.of(total),
        OptionalLong.empty(),
        OptionalLong.empty());
    return new StatusNotice(status, PublicationTimes.startOf(status.from()), Records.SOURCE);
  }

  /** Figures of one period; what is not set is a healthy company. */
  static final class Report {
    private final Symbol of;
    private final LocalDate end;
    private LocalDate announced;
    private Provenance source = Records.SOURCE;
    double revenue = 1e9;
    double profit = 1e8;
    double core = 9e7;
    double equity = 1e9;
    double cash = 1.2e8;
    double debt = 5e8;
    double goodwill = 1e7;
    double pledge = 0.1;

    Report(Symbol of, String end) {
      this.of = of;
      this.end = LocalDate.parse(end);
      this.announced = this.end.plusDays(30);
    }

    Report announced(String day) {
      announced = LocalDate.parse(day);
      return this;
    }

    Report from(Provenance origin) {
      source = origin;
      return this;
    }

    Report revenue(double yuan) {
      revenue = yuan;
      return this;
    }

    Report profit(double yuan) {
      profit = yuan;
      core = 0.9 * yuan;
      return this;
    }

    Report cash(double yuan) {
      cash = yuan;
      return this;
    }

    Report balance(double equityYuan, double debtYuan, double goodwillYuan) {
      equity = equityYuan;
      debt = debtYuan;
      goodwill = goodwillYuan;
      return this;
    }

    FundamentalSnapshot build() {
      return new FundamentalSnapshot(
          of,
          announced,
          end,
          PublicationTimes.startOf(announced),
          source,
          revenue,
          profit,
          core,
          equity,
          cash,
          debt,
          goodwill,
          pledge);
    }
  }

  static Report report(Symbol of, String end) {
    return new Report(of, end);
  }
}
