package io.qilin.testkit;

import io.qilin.api.market.Board;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.AuctionTick;
import io.qilin.api.record.BookLevel;
import io.qilin.api.record.BookSnapshot;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.api.record.FlowConvention;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MarketBreadth;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.MinuteBar;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.OrderFlow;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SealTick;
import io.qilin.api.record.SocialPost;
import io.qilin.api.record.SourceTier;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.record.ThemeMembership;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A few records of every kind, with what is hard to keep: unknown values, restatements, odd texts. */
public final class SampleRecords {
  private static final Symbol BANK = Symbol.parse("600000.SH");
  private static final Symbol MAKER = Symbol.parse("300750.SZ");
  private static final LocalDate DAY = LocalDate.of(2024, 3, 5);
  private static final Instant MORNING = Instant.parse("2024-03-05T01:30:00.123456789Z");
  private static final double UNKNOWN = Double.NaN;

  private SampleRecords() {}

  /** The records, in no order that matters. */
  public static List<MarketRecord> all(Provenance source) {
    List<MarketRecord> all = new ArrayList<>(seen(source));
    all.addAll(published(source));
    return List.copyOf(all);
  }

  private static List<MarketRecord> seen(Provenance source) {
    List<MarketRecord> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Symbol of = i % 2 == 0 ? BANK : MAKER;
      Instant at = MORNING.plusSeconds(3L * i);
      Instant known = at.plusMillis(80L * i);
      seen.add(new Tick(
          of,
          at,
          known,
          source,
          i - 1L,
          7.01 + i,
          100.0 * i,
          i == 2 ? UNKNOWN : 1e6 / 3,
          TradingPhase.CONTINUOUS));
      seen.add(new MinuteBar(
          of, at, known, source, 7.01, 7.1, 7, 7.05, 1200, 8430.5, TradingPhase.AUCTION_CLOSE));
      seen.add(new BookSnapshot(
          of,
          at,
          known,
          source,
          List.of(
              new BookLevel(7.01, 500, OptionalLong.of(3)),
              new BookLevel(7, 0, OptionalLong.empty())),
          i == 3 ? List.of() : List.of(new BookLevel(7.02, 100, OptionalLong.empty()))));
      seen.add(new SealTick(of, at, known, source, 1e6 + i, i == 1 ? UNKNOWN : 7.01e6, 0));
      seen.add(new AuctionTick(
          of,
          at,
          known,
          source,
          i == 0 ? UNKNOWN : 7.03,
          100.0 * i,
          50.0 * i,
          i == 0 ? Optional.empty() : Optional.of(Side.SELL)));
      seen.add(new NewsItem(
          at,
          known,
          source,
          "标题 \"" + i + "\" = 🐉",
          i == 0 ? "" : "line\nline\t,;'",
          SourceTier.OFFICIAL,
          i == 1 ? Optional.empty() : Optional.of("作者"),
          i == 0
              ? List.of()
              : List.of(of, i == 3 ? Symbol.parse("830799.BJ") : MAKER).stream()
                  .distinct()
                  .toList()));
      seen.add(new SocialPost(
          at,
          known.plus(Duration.ofHours(i)),
          source,
          "",
          "涨停!",
          SourceTier.SOCIAL,
          Optional.empty(),
          i == 0 ? OptionalLong.empty() : OptionalLong.of(i),
          OptionalLong.of(0),
          List.of(of)));
      seen.add(new MarketBreadth(
          at,
          known,
          source,
          40 + i,
          10,
          2,
          3000,
          2000,
          9.8e11,
          i == 0 ? List.of() : List.of(30, 9, 1)));
    }
    seen.add(new MinuteBar(
        BANK,
        MORNING.plusSeconds(60),
        MORNING.plusSeconds(61),
        source,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        0,
        UNKNOWN,
        TradingPhase.CONTINUOUS));
    return seen;
  }

  private static List<MarketRecord> published(Provenance source) {
    List<MarketRecord> published = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Symbol of = i % 2 == 0 ? BANK : MAKER;
      LocalDate day = DAY.plusDays(i / 2);
      published.add(flow(of, day, source, i));
      published.add(new LhbSeatRow(
          of,
          day,
          PublicationTimes.ofLhb(day),
          source,
          "日涨幅偏离值达7%",
          i == 3 ? 3 : 1,
          i == 0 ? LhbSeatRow.SeatSide.SELL5 : LhbSeatRow.SeatSide.BUY5,
          i == 0 ? "" : "10" + i,
          "机构专用",
          i * 1e7,
          i == 1 ? UNKNOWN : 2.5e6,
          3e8));
      published.add(new ThemeMembership(
          of,
          "theme-" + i,
          i == 0 ? UNKNOWN : 0.25 * i,
          day,
          i == 1 ? Optional.empty() : Optional.of(day.plusDays(30)),
          PublicationTimes.startOf(day.plusDays(i)),
          source));
      published.add(new FundamentalSnapshot(
          of,
          LocalDate.of(2024, 4, 26).plusMonths(i),
          LocalDate.of(2024, 3, 31),
          PublicationTimes.ofAnnouncement(LocalDate.of(2024, 4, 26).plusMonths(i)),
          source,
          4.5e10,
          -1.2e9 - i,
          UNKNOWN,
          7e11,
          -3.5e10,
          8e12,
          0,
          i == 2 ? UNKNOWN : 0.125));
      published.add(new CorporateActionNotice(
          new CorporateAction(
              of,
              LocalDate.of(2024, 7, 18).plusDays(i),
              new BigDecimal("0.321"),
              i == 1 ? new BigDecimal("0.30") : BigDecimal.ZERO,
              BigDecimal.ZERO,
              BigDecimal.ZERO),
          PublicationTimes.ofAnnouncement(LocalDate.of(2024, 7, 11)),
          source));
    }
    published.add(status(BANK, Board.SSE_MAIN, RiskWarning.NONE, DAY, source));
    published.add(status(BANK, Board.SSE_MAIN, RiskWarning.ST, DAY.plusDays(1), source));
    published.add(status(MAKER, Board.CHINEXT, RiskWarning.NONE, DAY, source));
    return published;
  }

  private static MoneyFlowDaily flow(Symbol of, LocalDate day, Provenance source, int i) {
    return new MoneyFlowDaily(
        of,
        day,
        PublicationTimes.ofDailyFigures(day).plus(Duration.ofHours(i == 3 ? 18 : 0)),
        source,
        FlowConvention.EASTMONEY,
        new OrderFlow(1e8, 2e8),
        new OrderFlow(1.5e7, i == 2 ? UNKNOWN : 1e7),
        OrderFlow.UNKNOWN,
        new OrderFlow(0, 0),
        i == 3 ? 1e7 : UNKNOWN,
        i == 3 ? 5e9 : UNKNOWN,
        i == 0 ? OptionalDouble.empty() : OptionalDouble.of(-1.5e6));
  }

  private static StatusNotice status(
      Symbol of, Board board, RiskWarning warning, LocalDate from, Provenance source) {
    boolean known = warning == RiskWarning.NONE;
    return new StatusNotice(
        new SecurityStatus(
            of,
            from,
            board,
            known ? "浦发银行" : "ST浦发",
            warning,
            known ? Optional.of(LocalDate.of(1999, 11, 10)) : Optional.empty(),
            known ? Optional.of(LocalDate.of(2050, 1, 1)) : Optional.empty(),
            known ? OptionalLong.of(29_352_080_397L) : OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(10_000_000_000L)),
        PublicationTimes.startOf(from).minusSeconds(3600),
        source);
  }
}
