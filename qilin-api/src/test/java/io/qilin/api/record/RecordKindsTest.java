package io.qilin.api.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A record refuses to exist when it is wrong, and knows when it became public. */
class RecordKindsTest {
  private static final Symbol SHARE = Symbol.parse("600000.SH");
  private static final Symbol OTHER = Symbol.parse("000001.SZ");
  private static final Provenance SOURCE = new Provenance("test", "here", true);
  private static final Instant AT = Instant.parse("2024-01-02T02:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2024, 1, 2);

  private static void assertRefused(ThrowingCallable made, String part) {
    assertThatThrownBy(made)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(part);
  }

  private static MinuteBar minute(double open, double low, double close, double volume) {
    return new MinuteBar(
        SHARE, AT, AT, SOURCE, open, 10, low, close, volume, 1, TradingPhase.CONTINUOUS);
  }

  @Test
  void whenAskedForItsCapability_thenEveryKindHasOne() {
    Class<?>[] kinds = MarketRecord.class.getPermittedSubclasses();
    assertThat(Arrays.stream(kinds).map(k -> DataCapability.of(k.asSubclass(MarketRecord.class))))
        .doesNotHaveDuplicates()
        .hasSize(14);
  }

  @Test
  void whenAMinuteCannotBe_thenItIsRefused() {
    assertThat(minute(9, 9, 9.5, 1).symbol()).contains(SHARE);
    assertRefused(() -> minute(8, 9, 9.5, 1), "between low 9.0 and high 10.0");
    assertRefused(() -> minute(9, 9, 11, 1), "between");
    assertRefused(() -> minute(Double.NaN, 9, 9, 1), "open");
    assertRefused(() -> minute(9, 9, 9, -1), "volume");
    assertRefused(
        () -> new MinuteBar(
            SHARE, AT, AT.minusSeconds(1), SOURCE, 9, 10, 9, 9, 1, 1, TradingPhase.CONTINUOUS),
        "cannot be public before");
  }

  private static BookSnapshot book(List<Double> bids, List<Double> asks) {
    return new BookSnapshot(SHARE, AT, AT, SOURCE, levels(bids), levels(asks));
  }

  private static List<BookLevel> levels(List<Double> prices) {
    return prices.stream().map(p -> new BookLevel(p, 100, OptionalLong.empty())).toList();
  }

  @Test
  void whenABookCannotBe_thenItIsRefused() {
    assertThat(book(List.of(9.0, 8.0), List.of(9.0)).bids()).hasSize(2);
    assertRefused(() -> book(List.of(8.0, 9.0), List.of()), "bid 2");
    assertRefused(() -> book(List.of(), List.of(9.0, 9.0)), "ask 2");
    assertRefused(() -> book(List.of(9.01), List.of(9.0)), "above the best ask");
    List<Double> eleven = IntStream.range(1, 12).mapToObj(i -> 1.0 * i).toList();
    assertRefused(() -> book(List.of(), eleven), "at most 10 levels");
    assertRefused(() -> new BookLevel(0, 1, OptionalLong.empty()), "price");
    assertRefused(() -> new BookLevel(1, 1, OptionalLong.of(-1)), "orders");
  }

  @Test
  void whenAnAuctionOrASealCannotBe_thenItIsRefused() {
    assertRefused(
        () -> new AuctionTick(SHARE, AT, AT, SOURCE, Double.NaN, 5, 0, Optional.empty()),
        "without an indicativePrice");
    assertRefused(
        () -> new AuctionTick(SHARE, AT, AT, SOURCE, 9, 5, 5, Optional.empty()), "unmatchedSide");
    assertRefused(
        () -> new AuctionTick(SHARE, AT, AT, SOURCE, 9, 5, 0, Optional.of(Side.BUY)),
        "unmatchedSide");
    assertRefused(() -> new SealTick(SHARE, AT, AT, SOURCE, Double.NaN, 1, 0), "bid1Volume");
    assertThat(new SealTick(SHARE, AT, AT, SOURCE, 5, 1, 0).sealed()).isTrue();
    assertThat(new SealTick(SHARE, AT, AT, SOURCE, 5, 1, 100).sealed()).isFalse();
    assertThat(new SealTick(SHARE, AT, AT, SOURCE, 0, 1, 0).sealed()).isFalse();
  }

  private static MoneyFlowDaily flow(LocalDate day, OptionalDouble northbound, Instant asOf) {
    OrderFlow flow = new OrderFlow(5, 2);
    return new MoneyFlowDaily(
        SHARE,
        day,
        asOf,
        SOURCE,
        FlowConvention.EASTMONEY,
        flow,
        flow,
        OrderFlow.UNKNOWN,
        flow,
        1,
        1,
        northbound);
  }

  @Test
  void whenNorthboundIsFromAfterItsEnd_thenItIsRefused() {
    LocalDate last = MoneyFlowDaily.LAST_NORTHBOUND_DAY;
    Instant late = PublicationTimes.ofDailyFigures(last.plusDays(1));
    assertThat(flow(last, OptionalDouble.of(-1), late).mainNet()).isEqualTo(6);
    assertThat(flow(last.plusDays(1), OptionalDouble.empty(), late).medium().net())
        .isNaN();
    assertRefused(() -> flow(last.plusDays(1), OptionalDouble.of(1), late), "2024-08-19");
    assertRefused(() -> flow(last, OptionalDouble.of(Double.NaN), late), "left out");
    assertRefused(() -> flow(last.plusDays(1), OptionalDouble.empty(), AT), "public before");
    assertRefused(() -> new OrderFlow(-1, 0), "buy");
  }

  @Test
  void whenClassesDoNotAscend_thenTheyAreRefused() {
    FlowConvention.Bound big = new FlowConvention.Bound(Double.NaN, 900_000);
    FlowConvention.Bound small = new FlowConvention.Bound(Double.NaN, 300_000);
    assertThat(new FlowConvention("a", big, small, new FlowConvention.Bound(Double.NaN, 60_000)))
        .isNotNull();
    assertRefused(() -> new FlowConvention("a", small, big, big), "fall from superLarge");
    assertRefused(() -> new FlowConvention.Bound(Double.NaN, Double.NaN), "give one");
    assertRefused(
        () -> new FlowConvention("", big, small, FlowConvention.EASTMONEY.medium()), "id");
  }

  @Test
  void whenASeatAThemeOrAReportCannotBe_thenItIsRefused() {
    Instant night = PublicationTimes.ofLhb(DAY);
    assertRefused(
        () -> new LhbSeatRow(
            SHARE, DAY, night, SOURCE, "r", 2, LhbSeatRow.SeatSide.BUY5, "", "s", 1, 1, 1),
        "windowDays");
    assertRefused(
        () -> new ThemeMembership(SHARE, "t", 2, DAY, Optional.empty(), AT, SOURCE), "weight");
    assertRefused(
        () -> new ThemeMembership(SHARE, "t", 1, DAY, Optional.of(DAY.minusDays(1)), AT, SOURCE),
        "before it begins");
    ThemeMembership theme =
        new ThemeMembership(SHARE, "t", 1, DAY, Optional.of(DAY.plusDays(1)), AT, SOURCE);
    assertThat(List.of(-1, 0, 1, 2))
        .extracting(d -> theme.holdsOn(DAY.plusDays(d)))
        .containsExactly(false, true, true, false);
    assertRefused(() -> report(DAY, DAY.plusDays(1), night), "cannot be announced");
    assertRefused(() -> report(DAY.plusDays(1), DAY, AT), "cannot be public before");
    assertThat(report(DAY, DAY, night).eventTime()).isBefore(night);
  }

  private static FundamentalSnapshot report(LocalDate announced, LocalDate end, Instant asOf) {
    return new FundamentalSnapshot(
        SHARE, announced, end, asOf, SOURCE, 1, -1, Double.NaN, 1, 1, 1, 1, 0.5);
  }

  private static NewsItem news(String title, List<Symbol> about) {
    return new NewsItem(AT, AT, SOURCE, title, "", SourceTier.MEDIA, Optional.empty(), about);
  }

  @Test
  void whenNewsIsAboutShares_thenItAnswersForEachOfThem() {
    RecordQuery<NewsItem> query = RecordQuery.of(NewsItem.class, AT);
    RecordQuery<NewsItem> other = query.withSymbols(Set.of(OTHER));
    assertThat(other.accepts(news("a", List.of(SHARE, OTHER)))).isTrue();
    assertThat(other.accepts(news("a", List.of(SHARE)))).isFalse();
    assertThat(other.accepts(news("a", List.of()))).isTrue();
    assertThat(news("a", List.of(SHARE)).symbol()).contains(SHARE);
    assertThat(news("a", List.of(SHARE, OTHER)).symbol()).isEmpty();
    assertRefused(() -> news("", List.of()), "empty");
    assertRefused(() -> news("a\uD800", List.of()), "half a character at position 1");
    assertRefused(() -> news("a", List.of(SHARE, SHARE)), "each once");
    assertRefused(() -> news("x".repeat((1 << 20) + 1), List.of()), "at most");
  }

  @Test
  void whenBreadthCannotBe_thenItIsRefused() {
    assertThat(breadth(3, 1, List.of(2, 1)).brokenRate()).isEqualTo(0.25);
    assertThat(breadth(0, 0, List.of()).brokenRate()).isNaN();
    assertRefused(() -> breadth(3, 0, List.of(2, 2)), "count 4 shares");
    assertRefused(() -> breadth(-1, 0, List.of()), "sealed");
  }

  private static MarketBreadth breadth(int sealed, int broken, List<Integer> streaks) {
    return new MarketBreadth(AT, AT, SOURCE, sealed, broken, 0, 1, 1, Double.NaN, streaks);
  }

  @Test
  void whenThereAreSeveralNotices_thenTheLastToBecomePublicHolds() {
    StatusNotice first = status("a", RiskWarning.NONE, AT);
    StatusNotice corrected = status("b", RiskWarning.ST, AT.plusSeconds(1));
    assertThat(StatusNotice.timelines(List.of(corrected, first)).get(SHARE).statuses())
        .containsExactly(corrected.status());
    assertThat(StatusNotice.timelines(List.of(first)).get(SHARE).statuses())
        .containsExactly(first.status());
  }

  private static StatusNotice status(String name, RiskWarning warning, Instant asOf) {
    return new StatusNotice(
        new SecurityStatus(
            SHARE, DAY, Board.SSE_MAIN, name, warning, Optional.empty(), OptionalLong.empty()),
        asOf,
        SOURCE);
  }

  @Test
  void whenActionsAreAnnouncedAgain_thenTheLastAnnouncementHolds() {
    CorporateActionNotice plan = paid("0.5", AT);
    CorporateActionNotice terms = paid("0.6", AT.plusSeconds(1));
    CorporateActionNotice bonus = new CorporateActionNotice(
        CorporateAction.bonus(SHARE, DAY, new BigDecimal("0.3")), AT.plusSeconds(1), SOURCE);
    assertThat(CorporateActionNotice.actions(List.of(terms, bonus, plan)))
        .containsExactly(terms.action().plus(bonus.action()));
    assertThat(CorporateActionNotice.actions(List.of(plan))).containsExactly(plan.action());
    assertRefused(
        () -> plan.action().plus(CorporateAction.dividend(OTHER, DAY, BigDecimal.ONE)),
        "do not fall together");
  }

  @Test
  void whenAnAnnouncementIsListedTwice_thenItDoesNotPayTwice() {
    CorporateActionNotice once = paid("0.5", AT);
    assertThat(once.action()).isEqualTo(paid("0.500", AT).action());
    assertThatThrownBy(() -> CorporateActionNotice.actions(List.of(once, paid("0.50", AT))))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT))
        .hasMessageContaining("listed twice");
    assertThat(CorporateActionNotice.actions(List.of(once, paid("0.5", AT.plusSeconds(1)))))
        .containsExactly(once.action());
    assertThat(paid("1E+1", AT).action().cashPerShare()).hasToString("10");
    assertRefused(() -> paid("1E-2000000", AT), "decimals");
  }

  private static CorporateActionNotice paid(String cash, Instant asOf) {
    return new CorporateActionNotice(
        CorporateAction.dividend(SHARE, DAY, new BigDecimal(cash)), asOf, SOURCE);
  }

  @Test
  void whenSharesDoNotAddUp_thenTheStatusIsRefused() {
    assertThat(shares(100, 80, 50).floatShares()).hasValue(80);
    assertRefused(() -> shares(100, 120, 50), "more than the 100");
    assertRefused(() -> shares(100, 80, 90), "more than the 80");
    assertRefused(() -> shares(0, 80, 50), "total shares");
  }

  private static SecurityStatus shares(long total, long floating, long free) {
    return new SecurityStatus(
        SHARE,
        DAY,
        Board.SSE_MAIN,
        "a",
        RiskWarning.NONE,
        Optional.of(DAY),
        Optional.of(DAY),
        OptionalLong.of(total),
        OptionalLong.of(floating),
        OptionalLong.of(free));
  }

  @Test
  void whenTheListingEndsBeforeItBegins_thenTheStatusIsRefused() {
    assertRefused(
        () -> new SecurityStatus(
            SHARE,
            DAY,
            Board.SSE_MAIN,
            "a",
            RiskWarning.NONE,
            Optional.of(DAY),
            Optional.of(DAY.minusDays(1)),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty()),
        "before it begins");
  }

  @Test
  void whenTheMomentOfPublicationIsNotKnown_thenTheLatestUsualOneCounts() {
    LocalDate friday = LocalDate.of(2024, 1, 5);
    LocalDate monday = LocalDate.of(2024, 1, 8);
    TradingCalendar calendar = TradingCalendar.of(List.of(friday, monday), friday, monday);
    assertThat(PublicationTimes.ofDailyFigures(DAY)).isEqualTo("2024-01-02T07:30:00Z");
    assertThat(PublicationTimes.ofLhb(DAY)).isEqualTo("2024-01-02T16:00:00Z");
    assertThat(PublicationTimes.ofAnnouncement(DAY)).isEqualTo("2024-01-02T16:00:00Z");
    assertThat(PublicationTimes.closeOf(DAY)).isEqualTo("2024-01-02T07:00:00Z");
    assertThat(PublicationTimes.ofMargin(friday, calendar)).isEqualTo("2024-01-08T01:00:00Z");
  }
}
