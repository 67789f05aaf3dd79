package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.AuctionTick;
import io.qilin.api.record.FlowConvention;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.MinuteBar;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.OrderFlow;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SealTick;
import io.qilin.api.record.ThemeMembership;
import io.qilin.api.record.TradingPhase;
import io.qilin.api.trading.Side;
import io.qilin.testkit.Panels;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Records for the tests of analysts. */
final class Records {
  static final Provenance SOURCE = new Provenance("test", "made", true);
  static final LocalDate DAY = LocalDate.of(2024, 1, 3);
  static final LocalDate SESSION = DAY.plusDays(1);
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private Records() {}

  static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(SHANGHAI).toInstant();
  }

  /** A raw panel; a row is day, symbol, open, high, low, close, volume, amount and reference. */
  static Panel bars(Collection<String> rows) {
    return Panels.table(
        Adjustment.RAW,
        "day symbol open high low close volume amount pre_close\n" + String.join("\n", rows));
  }

  /** The market with records known before the opening of the session. */
  static MarketSnapshot known(Panel panel, Collection<? extends MarketRecord> records) {
    return known(panel, records, at(panel.lastDay().plusDays(1), "09:29:00"));
  }

  static MarketSnapshot known(
      Panel panel, Collection<? extends MarketRecord> records, Instant asOf) {
    return Markets.snapshot(panel, Markets.statuses(panel.symbols()))
        .withRecords(SnapshotRecords.of(records, asOf));
  }

  static MoneyFlowDaily flow(Symbol of, LocalDate day, double bought, double sold) {
    return flow(of, day, bought, sold, SOURCE, FlowConvention.EASTMONEY, OptionalDouble.empty());
  }

  static MoneyFlowDaily flow(
      Symbol of,
      LocalDate day,
      double bought,
      double sold,
      Provenance source,
      FlowConvention convention,
      OptionalDouble northbound) {
    return new MoneyFlowDaily(
        of,
        day,
        PublicationTimes.ofDailyFigures(day),
        source,
        convention,
        new OrderFlow(bought, sold),
        new OrderFlow(0, 0),
        OrderFlow.UNKNOWN,
        OrderFlow.UNKNOWN,
        Double.NaN,
        Double.NaN,
        northbound);
  }

  static LhbSeatRow seat(
      Symbol of, LhbSeatRow.SeatSide side, String name, double buy, double sell, double amount) {
    return seat(of, DAY, "日涨幅偏离值达7%", 1, side, name, buy, sell, amount);
  }

  static LhbSeatRow seat(
      Symbol of,
      LocalDate day,
      String reason,
      int window,
      LhbSeatRow.SeatSide side,
      String name,
      double buy,
      double sell,
      double amount) {
    return new LhbSeatRow(
        of,
        day,
        PublicationTimes.ofLhb(day),
        SOURCE,
        reason,
        window,
        side,
        "",
        name,
        buy,
        sell,
        amount);
  }

  /**
   * @param rest left over, negative for sellers
   */
  static AuctionTick auction(
      Symbol of, LocalDate day, String time, double price, double matched, double rest) {
    Optional<Side> side =
        rest == 0 ? Optional.empty() : Optional.of(rest > 0 ? Side.BUY : Side.SELL);
    return new AuctionTick(
        of, at(day, time), at(day, time), SOURCE, price, matched, Math.abs(rest), side);
  }

  static SealTick seal(Symbol of, LocalDate day, String time, double queue, double offered) {
    return new SealTick(of, at(day, time), at(day, time), SOURCE, queue, Double.NaN, offered);
  }

  static MinuteBar minute(Symbol of, LocalDate day, String end, double low, double close) {
    return new MinuteBar(
        of,
        at(day, end),
        at(day, end),
        SOURCE,
        low,
        Math.max(low, close),
        low,
        close,
        1000,
        1000 * close,
        TradingPhase.CONTINUOUS);
  }

  static ThemeMembership theme(Symbol of, String id) {
    return theme(of, id, DAY.minusDays(30), Optional.empty(), DAY.minusDays(30));
  }

  static ThemeMembership theme(
      Symbol of, String id, LocalDate from, Optional<LocalDate> to, LocalDate known) {
    return new ThemeMembership(
        of, id, Double.NaN, from, to, PublicationTimes.startOf(known), SOURCE);
  }

  static ScoreComponent part(Opinion opinion, String name) {
    return opinion.components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static double score(Opinion opinion) {
    return opinion.fold(Opinion.Scored::score, abstained -> Double.NaN);
  }

  static boolean abstains(Opinion opinion) {
    return opinion instanceof Opinion.Abstained;
  }

  static List<Symbol> shares(int count) {
    return java.util.stream.IntStream.rangeClosed(1, count)
        .mapToObj(Markets::share)
        .toList();
  }
}
