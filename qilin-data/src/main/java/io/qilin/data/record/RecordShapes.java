package io.qilin.data.record;

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
import io.qilin.api.record.MinuteBar;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.OrderFlow;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.SealTick;
import io.qilin.api.record.SocialPost;
import io.qilin.api.record.SourceTier;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.record.ThemeMembership;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How each kind of record, and each record inside one, stands in a file. A test holds this list against the types. */
final class RecordShapes {
  private static final Map<Class<?>, RecordShape> SHAPES = Stream.of(
          RecordShape.of(Tick.class)
              .value("symbol", Symbol.class, Tick::of)
              .value("eventTime", Instant.class, Tick::eventTime)
              .value("asOf", Instant.class, Tick::asOf)
              .object("source", Provenance.class, Tick::source)
              .value("sequence", long.class, Tick::sequence)
              .value("price", double.class, Tick::price)
              .value("volume", double.class, Tick::volume)
              .value("amount", double.class, Tick::amount)
              .value("phase", TradingPhase.class, Tick::phase)
              .made(v -> new Tick(
                  v.get(0, Symbol.class),
                  v.get(1, Instant.class),
                  v.get(2, Instant.class),
                  v.get(3, Provenance.class),
                  v.whole(4),
                  v.real(5),
                  v.real(6),
                  v.real(7),
                  v.get(8, TradingPhase.class))),
          RecordShape.of(MinuteBar.class)
              .value("symbol", Symbol.class, MinuteBar::of)
              .value("eventTime", Instant.class, MinuteBar::eventTime)
              .value("asOf", Instant.class, MinuteBar::asOf)
              .object("source", Provenance.class, MinuteBar::source)
              .value("open", double.class, MinuteBar::open)
              .value("high", double.class, MinuteBar::high)
              .value("low", double.class, MinuteBar::low)
              .value("close", double.class, MinuteBar::close)
              .value("volume", double.class, MinuteBar::volume)
              .value("amount", double.class, MinuteBar::amount)
              .value("phase", TradingPhase.class, MinuteBar::phase)
              .made(v -> new MinuteBar(
                  v.get(0, Symbol.class),
                  v.get(1, Instant.class),
                  v.get(2, Instant.class),
                  v.get(3, Provenance.class),
                  v.real(4),
                  v.real(5),
                  v.real(6),
                  v.real(7),
                  v.real(8),
                  v.real(9),
                  v.get(10, TradingPhase.class))),
          RecordShape.of(BookSnapshot.class)
              .value("symbol", Symbol.class, BookSnapshot::of)
              .value("eventTime", Instant.class, BookSnapshot::eventTime)
              .value("asOf", Instant.class, BookSnapshot::asOf)
              .object("source", Provenance.class, BookSnapshot::source)
              .list("bids", BookLevel.class, BookSnapshot::bids)
              .list("asks", BookLevel.class, BookSnapshot::asks)
              .made(v -> new BookSnapshot(
                  v.get(0, Symbol.class),
                  v.get(1, Instant.class),
                  v.get(2, Instant.class),
                  v.get(3, Provenance.class),
                  v.list(4, BookLevel.class),
                  v.list(5, BookLevel.class))),
          RecordShape.of(SealTick.class)
              .value("symbol", Symbol.class, SealTick::of)
              .value("eventTime", Instant.class, SealTick::eventTime)
              .value("asOf", Instant.class, SealTick::asOf)
              .object("source", Provenance.class, SealTick::source)
              .value("bid1Volume", double.class, SealTick::bid1Volume)
              .value("sealAmount", double.class, SealTick::sealAmount)
              .value("ask1Volume", double.class, SealTick::ask1Volume)
              .made(v -> new SealTick(
                  v.get(0, Symbol.class),
                  v.get(1, Instant.class),
                  v.get(2, Instant.class),
                  v.get(3, Provenance.class),
                  v.real(4),
                  v.real(5),
                  v.real(6))),
          RecordShape.of(AuctionTick.class)
              .value("symbol", Symbol.class, AuctionTick::of)
              .value("eventTime", Instant.class, AuctionTick::eventTime)
              .value("asOf", Instant.class, AuctionTick::asOf)
              .object("source", Provenance.class, AuctionTick::source)
              .value("indicativePrice", double.class, AuctionTick::indicativePrice)
              .value("matchedVolume", double.class, AuctionTick::matchedVolume)
              .value("unmatchedVolume", double.class, AuctionTick::unmatchedVolume)
              .optional("unmatchedSide", Side.class, AuctionTick::unmatchedSide)
              .made(v -> new AuctionTick(
                  v.get(0, Symbol.class),
                  v.get(1, Instant.class),
                  v.get(2, Instant.class),
                  v.get(3, Provenance.class),
                  v.real(4),
                  v.real(5),
                  v.real(6),
                  v.optional(7, Side.class))),
          RecordShape.of(StatusNotice.class)
              .object("status", SecurityStatus.class, StatusNotice::status)
              .value("asOf", Instant.class, StatusNotice::asOf)
              .object("source", Provenance.class, StatusNotice::source)
              .made(v -> new StatusNotice(
                  v.get(0, SecurityStatus.class),
                  v.get(1, Instant.class),
                  v.get(2, Provenance.class))),
          RecordShape.of(MoneyFlowDaily.class)
              .value("symbol", Symbol.class, MoneyFlowDaily::of)
              .value("date", LocalDate.class, MoneyFlowDaily::date)
              .value("asOf", Instant.class, MoneyFlowDaily::asOf)
              .object("source", Provenance.class, MoneyFlowDaily::source)
              .object("convention", FlowConvention.class, MoneyFlowDaily::convention)
              .object("superLarge", OrderFlow.class, MoneyFlowDaily::superLarge)
              .object("large", OrderFlow.class, MoneyFlowDaily::large)
              .object("medium", OrderFlow.class, MoneyFlowDaily::medium)
              .object("small", OrderFlow.class, MoneyFlowDaily::small)
              .value("marginBuy", double.class, MoneyFlowDaily::marginBuy)
              .value("marginBalance", double.class, MoneyFlowDaily::marginBalance)
              .optionalDouble("northboundNet", MoneyFlowDaily::northboundNet)
              .made(v -> new MoneyFlowDaily(
                  v.get(0, Symbol.class),
                  v.get(1, LocalDate.class),
                  v.get(2, Instant.class),
                  v.get(3, Provenance.class),
                  v.get(4, FlowConvention.class),
                  v.get(5, OrderFlow.class),
                  v.get(6, OrderFlow.class),
                  v.get(7, OrderFlow.class),
                  v.get(8, OrderFlow.class),
                  v.real(9),
                  v.real(10),
                  v.optionalDouble(11))),
          RecordShape.of(LhbSeatRow.class)
              .value("symbol", Symbol.class, LhbSeatRow::of)
              .value("date", LocalDate.class, LhbSeatRow::date)
              .value("asOf", Instant.class, LhbSeatRow::asOf)
              .object("source", Provenance.class, LhbSeatRow::source)
              .value("reasonCode", String.class, LhbSeatRow::reasonCode)
              .value("windowDays", int.class, LhbSeatRow::windowDays)
              .value("side", LhbSeatRow.SeatSide.class, LhbSeatRow::side)
              .value("seatId", String.class, LhbSeatRow::seatId)
              .value("seatName", String.class, LhbSeatRow::seatName)
              .value("buy", double.class, LhbSeatRow::buy)
              .value("sell", double.class, LhbSeatRow::sell)
              .value("dayAmount", double.class, LhbSeatRow::dayAmount)
              .made(v -> new LhbSeatRow(
                  v.get(0, Symbol.class),
                  v.get(1, LocalDate.class),
                  v.get(2, Instant.class),
                  v.get(3, Provenance.class),
                  v.get(4, String.class),
                  v.small(5),
                  v.get(6, LhbSeatRow.SeatSide.class),
                  v.get(7, String.class),
                  v.get(8, String.class),
                  v.real(9),
                  v.real(10),
                  v.real(11))),
          RecordShape.of(ThemeMembership.class)
              .value("symbol", Symbol.class, ThemeMembership::of)
              .value("themeId", String.class, ThemeMembership::themeId)
              .value("weight", double.class, ThemeMembership::weight)
              .value("from", LocalDate.class, ThemeMembership::from)
              .optional("to", LocalDate.class, ThemeMembership::to)
              .value("asOf", Instant.class, ThemeMembership::asOf)
              .object("source", Provenance.class, ThemeMembership::source)
              .made(v -> new ThemeMembership(
                  v.get(0, Symbol.class),
                  v.get(1, String.class),
                  v.real(2),
                  v.get(3, LocalDate.class),
                  v.optional(4, LocalDate.class),
                  v.get(5, Instant.class),
                  v.get(6, Provenance.class))),
          RecordShape.of(FundamentalSnapshot.class)
              .value("symbol", Symbol.class, FundamentalSnapshot::of)
              .value("announceDate", LocalDate.class, FundamentalSnapshot::announceDate)
              .value("periodEnd", LocalDate.class, FundamentalSnapshot::periodEnd)
              .value("asOf", Instant.class, FundamentalSnapshot::asOf)
              .object("source", Provenance.class, FundamentalSnapshot::source)
              .value("revenue", double.class, FundamentalSnapshot::revenue)
              .value("netProfit", double.class, FundamentalSnapshot::netProfit)
              .value(
                  "netProfitExNonrecurring",
                  double.class,
                  FundamentalSnapshot::netProfitExNonrecurring)
              .value("equity", double.class, FundamentalSnapshot::equity)
              .value("operatingCashFlow", double.class, FundamentalSnapshot::operatingCashFlow)
              .value("debt", double.class, FundamentalSnapshot::debt)
              .value("goodwill", double.class, FundamentalSnapshot::goodwill)
              .value("pledgeRatio", double.class, FundamentalSnapshot::pledgeRatio)
              .made(v -> new FundamentalSnapshot(
                  v.get(0, Symbol.class),
                  v.get(1, LocalDate.class),
                  v.get(2, LocalDate.class),
                  v.get(3, Instant.class),
                  v.get(4, Provenance.class),
                  v.real(5),
                  v.real(6),
                  v.real(7),
                  v.real(8),
                  v.real(9),
                  v.real(10),
                  v.real(11),
                  v.real(12))),
          RecordShape.of(NewsItem.class)
              .value("eventTime", Instant.class, NewsItem::eventTime)
              .value("asOf", Instant.class, NewsItem::asOf)
              .object("source", Provenance.class, NewsItem::source)
              .value("title", String.class, NewsItem::title)
              .value("body", String.class, NewsItem::body)
              .value("sourceTier", SourceTier.class, NewsItem::sourceTier)
              .optional("author", String.class, NewsItem::author)
              .list("symbols", Symbol.class, NewsItem::symbols)
              .made(v -> new NewsItem(
                  v.get(0, Instant.class),
                  v.get(1, Instant.class),
                  v.get(2, Provenance.class),
                  v.get(3, String.class),
                  v.get(4, String.class),
                  v.get(5, SourceTier.class),
                  v.optional(6, String.class),
                  v.list(7, Symbol.class))),
          RecordShape.of(SocialPost.class)
              .value("eventTime", Instant.class, SocialPost::eventTime)
              .value("asOf", Instant.class, SocialPost::asOf)
              .object("source", Provenance.class, SocialPost::source)
              .value("title", String.class, SocialPost::title)
              .value("body", String.class, SocialPost::body)
              .value("sourceTier", SourceTier.class, SocialPost::sourceTier)
              .optional("author", String.class, SocialPost::author)
              .optionalLong("likes", SocialPost::likes)
              .optionalLong("comments", SocialPost::comments)
              .list("symbols", Symbol.class, SocialPost::symbols)
              .made(v -> new SocialPost(
                  v.get(0, Instant.class),
                  v.get(1, Instant.class),
                  v.get(2, Provenance.class),
                  v.get(3, String.class),
                  v.get(4, String.class),
                  v.get(5, SourceTier.class),
                  v.optional(6, String.class),
                  v.optionalLong(7),
                  v.optionalLong(8),
                  v.list(9, Symbol.class))),
          RecordShape.of(MarketBreadth.class)
              .value("eventTime", Instant.class, MarketBreadth::eventTime)
              .value("asOf", Instant.class, MarketBreadth::asOf)
              .object("source", Provenance.class, MarketBreadth::source)
              .value("sealed", int.class, MarketBreadth::sealed)
              .value("broken", int.class, MarketBreadth::broken)
              .value("limitDown", int.class, MarketBreadth::limitDown)
              .value("advance", int.class, MarketBreadth::advance)
              .value("decline", int.class, MarketBreadth::decline)
              .value("totalAmount", double.class, MarketBreadth::totalAmount)
              .list("streaks", Integer.class, MarketBreadth::streaks)
              .made(v -> new MarketBreadth(
                  v.get(0, Instant.class),
                  v.get(1, Instant.class),
                  v.get(2, Provenance.class),
                  v.small(3),
                  v.small(4),
                  v.small(5),
                  v.small(6),
                  v.small(7),
                  v.real(8),
                  v.list(9, Integer.class))),
          RecordShape.of(CorporateActionNotice.class)
              .object("action", CorporateAction.class, CorporateActionNotice::action)
              .value("asOf", Instant.class, CorporateActionNotice::asOf)
              .object("source", Provenance.class, CorporateActionNotice::source)
              .made(v -> new CorporateActionNotice(
                  v.get(0, CorporateAction.class),
                  v.get(1, Instant.class),
                  v.get(2, Provenance.class))),
          RecordShape.of(Provenance.class)
              .value("provider", String.class, Provenance::provider)
              .value("origin", String.class, Provenance::origin)
              .value("synthetic", boolean.class, Provenance::synthetic)
              .optional("copyOf", Instant.class, Provenance::copyOf)
              .made(v -> new Provenance(
                  v.get(0, String.class),
                  v.get(1, String.class),
                  v.flag(2),
                  v.optional(3, Instant.class))),
          RecordShape.of(BookLevel.class)
              .value("price", double.class, BookLevel::price)
              .value("volume", double.class, BookLevel::volume)
              .optionalLong("orders", BookLevel::orders)
              .made(v -> new BookLevel(v.real(0), v.real(1), v.optionalLong(2))),
          RecordShape.of(SecurityStatus.class)
              .value("symbol", Symbol.class, SecurityStatus::symbol)
              .value("from", LocalDate.class, SecurityStatus::from)
              .value("board", Board.class, SecurityStatus::board)
              .value("name", String.class, SecurityStatus::name)
              .value("riskWarning", RiskWarning.class, SecurityStatus::riskWarning)
              .optional("listDate", LocalDate.class, SecurityStatus::listDate)
              .optional("delistDate", LocalDate.class, SecurityStatus::delistDate)
              .optionalLong("totalShares", SecurityStatus::totalShares)
              .optionalLong("floatShares", SecurityStatus::floatShares)
              .optionalLong("freeFloatShares", SecurityStatus::freeFloatShares)
              .made(v -> new SecurityStatus(
                  v.get(0, Symbol.class),
                  v.get(1, LocalDate.class),
                  v.get(2, Board.class),
                  v.get(3, String.class),
                  v.get(4, RiskWarning.class),
                  v.optional(5, LocalDate.class),
                  v.optional(6, LocalDate.class),
                  v.optionalLong(7),
                  v.optionalLong(8),
                  v.optionalLong(9))),
          RecordShape.of(FlowConvention.class)
              .value("id", String.class, FlowConvention::id)
              .object("superLarge", FlowConvention.Bound.class, FlowConvention::superLarge)
              .object("large", FlowConvention.Bound.class, FlowConvention::large)
              .object("medium", FlowConvention.Bound.class, FlowConvention::medium)
              .made(v -> new FlowConvention(
                  v.get(0, String.class),
                  v.get(1, FlowConvention.Bound.class),
                  v.get(2, FlowConvention.Bound.class),
                  v.get(3, FlowConvention.Bound.class))),
          RecordShape.of(OrderFlow.class)
              .value("buy", double.class, OrderFlow::buy)
              .value("sell", double.class, OrderFlow::sell)
              .made(v -> new OrderFlow(v.real(0), v.real(1))),
          RecordShape.of(CorporateAction.class)
              .value("symbol", Symbol.class, CorporateAction::symbol)
              .value("exDate", LocalDate.class, CorporateAction::exDate)
              .value("cashPerShare", BigDecimal.class, CorporateAction::cashPerShare)
              .value("bonusRatio", BigDecimal.class, CorporateAction::bonusRatio)
              .value("rightsRatio", BigDecimal.class, CorporateAction::rightsRatio)
              .value("rightsPrice", BigDecimal.class, CorporateAction::rightsPrice)
              .made(v -> new CorporateAction(
                  v.get(0, Symbol.class),
                  v.get(1, LocalDate.class),
                  v.get(2, BigDecimal.class),
                  v.get(3, BigDecimal.class),
                  v.get(4, BigDecimal.class),
                  v.get(5, BigDecimal.class))),
          RecordShape.of(FlowConvention.Bound.class)
              .value("shares", double.class, FlowConvention.Bound::shares)
              .value("yuan", double.class, FlowConvention.Bound::yuan)
              .made(v -> new FlowConvention.Bound(v.real(0), v.real(1))))
      .collect(Collectors.toUnmodifiableMap(RecordShape::type, Function.identity()));

  private RecordShapes() {}

  /** The shape of a record. */
  static RecordShape of(Class<?> type) {
    RecordShape shape = SHAPES.get(type);
    if (shape == null) {
      throw new AssertionError("no shape is stated for " + type);
    }
    return shape;
  }
}
