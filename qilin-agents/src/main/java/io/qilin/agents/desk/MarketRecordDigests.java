package io.qilin.agents.desk;

import io.qilin.agents.internal.Fingerprint;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.CorporateAction;
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
import io.qilin.api.record.SealTick;
import io.qilin.api.record.SocialPost;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.record.ThemeMembership;
import io.qilin.api.record.Tick;
import io.qilin.api.source.DataCapability;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * SHA-256 of the records of a snapshot, one for each kind that it holds, by the kind's name. A
 * digest is that of the records in the snapshot's order, each with all its parts, numbers by their
 * bits; two sets of records have one digest only if an analyst sees the same.
 */
final class MarketRecordDigests {
  private final SnapshotRecords records;
  private final SortedMap<String, String> digests = new TreeMap<>();

  private MarketRecordDigests(SnapshotRecords records) {
    this.records = records;
  }

  /** Digests by name, for example {@code money-flows}. */
  static SortedMap<String, String> of(SnapshotRecords records) {
    MarketRecordDigests all = new MarketRecordDigests(records);
    all.add(Tick.class, MarketRecordDigests::tick);
    all.add(MinuteBar.class, MarketRecordDigests::minute);
    all.add(BookSnapshot.class, MarketRecordDigests::book);
    all.add(SealTick.class, MarketRecordDigests::seal);
    all.add(AuctionTick.class, MarketRecordDigests::auction);
    all.add(StatusNotice.class, (print, row) -> status(print, row.status()));
    all.add(MoneyFlowDaily.class, MarketRecordDigests::flow);
    all.add(LhbSeatRow.class, MarketRecordDigests::seat);
    all.add(ThemeMembership.class, MarketRecordDigests::theme);
    all.add(FundamentalSnapshot.class, MarketRecordDigests::report);
    all.add(NewsItem.class, MarketRecordDigests::news);
    all.add(SocialPost.class, MarketRecordDigests::post);
    all.add(MarketBreadth.class, MarketRecordDigests::breadth);
    all.add(CorporateActionNotice.class, (print, row) -> action(print, row.action()));
    return all.digests;
  }

  private <R extends MarketRecord> void add(Class<R> kind, BiConsumer<Fingerprint, R> parts) {
    if (!records.has(kind)) {
      return;
    }
    Fingerprint print = new Fingerprint();
    List<R> rows = records.all(kind);
    print.add((long) rows.size());
    for (R row : rows) {
      print.add((long) row.symbols().size());
      for (Symbol symbol : row.symbols()) {
        print.add(symbol.toString());
      }
      time(print, row.eventTime());
      time(print, row.asOf());
      print.add(row.source().provider()).add(row.source().origin());
      print.add(row.source().synthetic() ? 1 : 0L);
      parts.accept(print, row);
    }
    String name = DataCapability.of(kind).name().toLowerCase(Locale.ROOT).replace('_', '-');
    digests.put(name, print.hex());
  }

  private static void time(Fingerprint print, Instant moment) {
    print.add(moment.getEpochSecond()).add((long) moment.getNano());
  }

  private static void text(Fingerprint print, Optional<String> text) {
    print.add(text.orElse(null));
  }

  private static void day(Fingerprint print, Optional<LocalDate> day) {
    print.add(day.map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE).longValue());
  }

  private static void count(Fingerprint print, OptionalLong value) {
    print.add(value.isPresent() ? 1 : 0L).add(value.orElse(0));
  }

  private static void number(Fingerprint print, OptionalDouble value) {
    print.add(value.isPresent() ? 1 : 0L).add(value.orElse(0));
  }

  private static void tick(Fingerprint print, Tick row) {
    print.add(row.sequence()).add(row.price()).add(row.volume()).add(row.amount());
    print.add(row.phase().name());
  }

  private static void minute(Fingerprint print, MinuteBar row) {
    print.add(row.open()).add(row.high()).add(row.low()).add(row.close());
    print.add(row.volume()).add(row.amount()).add(row.phase().name());
  }

  private static void book(Fingerprint print, BookSnapshot row) {
    for (List<BookLevel> side : List.of(row.bids(), row.asks())) {
      print.add((long) side.size());
      for (BookLevel level : side) {
        print.add(level.price()).add(level.volume());
        count(print, level.orders());
      }
    }
  }

  private static void seal(Fingerprint print, SealTick row) {
    print.add(row.bid1Volume()).add(row.sealAmount()).add(row.ask1Volume());
  }

  private static void auction(Fingerprint print, AuctionTick row) {
    print.add(row.indicativePrice()).add(row.matchedVolume()).add(row.unmatchedVolume());
    text(print, row.unmatchedSide().map(Enum::name));
  }

  private static void status(Fingerprint print, SecurityStatus status) {
    print.add(status.from().toEpochDay()).add(status.board().name()).add(status.name());
    print.add(status.riskWarning().name());
    day(print, status.listDate());
    day(print, status.delistDate());
    count(print, status.totalShares());
    count(print, status.floatShares());
    count(print, status.freeFloatShares());
  }

  private static void flow(Fingerprint print, MoneyFlowDaily row) {
    FlowConvention convention = row.convention();
    print.add(convention.id());
    for (FlowConvention.Bound bound :
        List.of(convention.superLarge(), convention.large(), convention.medium())) {
      print.add(bound.shares()).add(bound.yuan());
    }
    for (OrderFlow flow : List.of(row.superLarge(), row.large(), row.medium(), row.small())) {
      print.add(flow.buy()).add(flow.sell());
    }
    print.add(row.marginBuy()).add(row.marginBalance());
    number(print, row.northboundNet());
  }

  private static void seat(Fingerprint print, LhbSeatRow row) {
    print.add(row.reasonCode()).add((long) row.windowDays()).add(row.side().name());
    print.add(row.seatId()).add(row.seatName());
    print.add(row.buy()).add(row.sell()).add(row.dayAmount());
  }

  private static void theme(Fingerprint print, ThemeMembership row) {
    print.add(row.themeId()).add(row.weight()).add(row.from().toEpochDay());
    day(print, row.to());
  }

  private static void report(Fingerprint print, FundamentalSnapshot row) {
    print.add(row.announceDate().toEpochDay()).add(row.periodEnd().toEpochDay());
    print.add(row.revenue()).add(row.netProfit()).add(row.netProfitExNonrecurring());
    print.add(row.equity()).add(row.operatingCashFlow()).add(row.debt());
    print.add(row.goodwill()).add(row.pledgeRatio());
  }

  private static void news(Fingerprint print, NewsItem row) {
    print.add(row.title()).add(row.body()).add(row.sourceTier().name());
    text(print, row.author());
  }

  private static void post(Fingerprint print, SocialPost row) {
    print.add(row.title()).add(row.body()).add(row.sourceTier().name());
    text(print, row.author());
    count(print, row.likes());
    count(print, row.comments());
  }

  private static void breadth(Fingerprint print, MarketBreadth row) {
    print.add((long) row.sealed()).add((long) row.broken()).add((long) row.limitDown());
    print.add((long) row.advance()).add((long) row.decline()).add(row.totalAmount());
    print.add((long) row.streaks().size());
    for (int shares : row.streaks()) {
      print.add((long) shares);
    }
  }

  private static void action(Fingerprint print, CorporateAction action) {
    print.add(action.exDate().toEpochDay()).add(action.cashPerShare().toPlainString());
    print.add(action.bonusRatio().toPlainString()).add(action.rightsRatio().toPlainString());
    print.add(action.rightsPrice().toPlainString());
  }
}
