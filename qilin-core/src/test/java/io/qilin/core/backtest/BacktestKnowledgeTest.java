package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskSettings;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.Panels;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A backtest knows on each day what was public then. */
class BacktestKnowledgeTest {
  private static final Symbol SHARE = Symbol.parse("600519.SH");
  private static final Provenance SOURCE = new Provenance("test", "made up", true);
  private static final LocalDate TUESDAY = LocalDate.of(2024, 1, 2);

  /** The share rises by 8 % a day, which a share under risk warning cannot. */
  private static final Panel RISING = Panels.table(Adjustment.RAW, """
          day symbol open high low close volume pre_close
          2024-01-02 600519.SH 10.00 10.00 10.00 10.00 1000000 10.00
          2024-01-03 600519.SH 10.80 10.80 10.80 10.80 1000000 10.00
          2024-01-04 600519.SH 11.66 11.66 11.66 11.66 1000000 10.80
          2024-01-05 600519.SH 12.59 12.59 12.59 12.59 1000000 11.66
          """);

  private static StatusNotice warned(LocalDate from, Instant asOf) {
    return notice(SHARE, from, RiskWarning.ST, asOf);
  }

  private static StatusNotice notice(
      Symbol symbol, LocalDate from, RiskWarning warning, Instant asOf) {
    Board board = MarketRuleBook.boardOf(symbol).orElseThrow();
    return new StatusNotice(
        new SecurityStatus(
            symbol, from, board, "name", warning, Optional.empty(), OptionalLong.empty()),
        asOf,
        SOURCE);
  }

  private static CorporateActionNotice dividend(String yuan, LocalDate exDate, Instant asOf) {
    return new CorporateActionNotice(
        CorporateAction.dividend(SHARE, exDate, new BigDecimal(yuan)), asOf, SOURCE);
  }

  private static Instant at(LocalDate day, int hour) {
    return day.atTime(LocalTime.of(hour, 0)).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
  }

  private static Backtest.Builder buyingDaily() {
    Strategy strategy =
        (history, portfolio) -> List.of(PlannedOrder.of(SHARE, Side.BUY, 100, "daily"));
    return Backtest.builder(RISING, strategy).account(Money.parse("100000"));
  }

  @Test
  void whenAWarningIsPublishedLater_thenTheDaysBeforeItsPublicationAreJudgedWithoutIt() {
    // In force from Wednesday, but published on Thursday at noon: Friday is the first to know.
    StatusNotice late = warned(TUESDAY.plusDays(1), at(TUESDAY.plusDays(2), 12));

    BacktestReport report =
        buyingDaily().statusNotices(List.of(late)).build().run().report();

    assertThat(report.trades())
        .extracting(Trade::day)
        .containsExactly(TUESDAY.plusDays(1), TUESDAY.plusDays(2));
    assertThat(report.blocked()).singleElement().satisfies(order -> {
      assertThat(order.day()).isEqualTo(TUESDAY.plusDays(3));
      assertThat(order.reason()).isEqualTo(RejectReason.NO_PRICE);
      assertThat(order.message()).contains("outside the day's limits 11.08 to 12.24");
    });
  }

  @Test
  void whenAWarningIsPublishedBefore_thenItHoldsFromItsDay() {
    StatusNotice early = warned(TUESDAY.plusDays(2), at(TUESDAY, 18));

    BacktestReport report =
        buyingDaily().statusNotices(List.of(early)).build().run().report();

    assertThat(report.trades()).extracting(Trade::day).containsExactly(TUESDAY.plusDays(1));
    assertThat(report.settings()).containsEntry("statuses known", "1 of 1");
  }

  @Test
  void whenAWarningTurnsOutWrong_thenOnlyTheDaysAfterTheCorrectionAreFree() {
    LocalDate wednesday = TUESDAY.plusDays(1);
    List<StatusNotice> notices = List.of(
        notice(SHARE, wednesday, RiskWarning.NONE, at(wednesday, 20)),
        warned(wednesday, at(TUESDAY, 18)));

    BacktestReport report = buyingDaily().statusNotices(notices).build().run().report();

    assertThat(report.blocked()).extracting(BlockedOrder::day).containsExactly(wednesday);
    assertThat(report.trades())
        .extracting(Trade::day)
        .containsExactly(TUESDAY.plusDays(2), TUESDAY.plusDays(3));
  }

  @Test
  void whenAGateNeedsTheStatus_thenItKnowsWhatWasPublic() {
    RiskGate gate = RiskGate.standard(
        RiskSettings.aggressive().toBuilder().requireStatus(true).build());
    StatusNotice plain = notice(SHARE, TUESDAY, RiskWarning.NONE, at(TUESDAY.plusDays(1), 9));

    BacktestReport report =
        buyingDaily().gate(gate).statusNotices(List.of(plain)).build().run().report();

    assertThat(report.blocked())
        .filteredOn(order -> order.day().equals(TUESDAY.plusDays(1)))
        .singleElement()
        .satisfies(order -> assertThat(order.message()).contains("status"));
    assertThat(report.blocked())
        .filteredOn(order -> !order.day().equals(TUESDAY.plusDays(1)))
        .allSatisfy(order -> assertThat(order.message()).doesNotContain("require-status"));
  }

  @Test
  void whenADividendIsCorrectedAfterItsExDate_thenTheFirstWordIsBookedAndAFindingTells() {
    LocalDate exDate = TUESDAY.plusDays(2);
    List<CorporateActionNotice> notices = List.of(
        dividend("0.10", exDate, at(TUESDAY, 18)), dividend("0.70", exDate, at(exDate, 10)));

    BacktestRun run = buyingDaily().actionNotices(notices).build().run();

    assertThat(run.journal())
        .filteredOn(entry -> entry.kind() == JournalEntry.Kind.DIVIDEND)
        .singleElement()
        .satisfies(entry -> assertThat(entry.cash()).isEqualTo(Money.parse("10.00")));
    assertThat(run.report().findings())
        .filteredOn(finding -> finding.rule().equals("late-action"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.day()).isEqualTo(TUESDAY.plusDays(3));
          assertThat(finding.message()).contains(exDate.toString());
        });
  }

  @Test
  void whenADividendIsCorrectedInTime_thenTheCorrectionIsBooked() {
    LocalDate exDate = TUESDAY.plusDays(2);
    List<CorporateActionNotice> notices = List.of(
        dividend("0.70", exDate, at(TUESDAY.plusDays(1), 18)),
        dividend("0.10", exDate, at(TUESDAY, 18)));

    BacktestRun run = buyingDaily().actionNotices(notices).build().run();

    assertThat(run.journal())
        .filteredOn(entry -> entry.kind() == JournalEntry.Kind.DIVIDEND)
        .singleElement()
        .satisfies(entry -> assertThat(entry.cash()).isEqualTo(Money.parse("70.00")));
    assertThat(run.report().findings()).noneMatch(f -> f.rule().equals("late-action"));
  }

  @Test
  void whenActionsComeBothWays_thenTheyAreRefused() {
    CorporateActionNotice notice = dividend("0.10", TUESDAY.plusDays(2), at(TUESDAY, 18));

    assertThatThrownBy(() -> buyingDaily()
            .actions(List.of(notice.action()))
            .actionNotices(List.of(notice))
            .build())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
  }

  @Property(tries = 40)
  void whenWhatBecamePublicLaterIsCut_thenNothingChangesUntilThen(@ForAll long seed) {
    RandomMarket market = new RandomMarket(seed, 30);
    SplittableRandom random = new SplittableRandom(seed);
    List<StatusNotice> statuses = new ArrayList<>();
    List<CorporateActionNotice> actions = new ArrayList<>();
    for (int k = 0; k < 30; k++) {
      Symbol symbol =
          market.panel.symbols().get(random.nextInt(market.panel.symbols().size()));
      RiskWarning warning = random.nextBoolean() ? RiskWarning.ST : RiskWarning.NONE;
      statuses.add(notice(symbol, market.day(random), warning, market.moment(random)));
    }
    for (CorporateAction action : market.actions) {
      Instant first = market.moment(random);
      actions.add(new CorporateActionNotice(action, first, SOURCE));
      actions.add(new CorporateActionNotice(
          CorporateAction.dividend(action.symbol(), action.exDate(), new BigDecimal("0.05")),
          first.plusSeconds(random.nextLong(1, 900_000)),
          SOURCE));
    }
    LocalDate until = market.day(random);
    Instant moment = PublicationTimes.startOf(until);

    BacktestRun all = run(market, seed, statuses, actions);
    BacktestRun cut = run(
        market,
        seed,
        statuses.stream().filter(n -> !n.asOf().isAfter(moment)).toList(),
        actions.stream().filter(n -> !n.asOf().isAfter(moment)).toList());

    same(cut.report().days(), all.report().days(), BacktestDay::day, until);
    same(cut.report().trades(), all.report().trades(), Trade::day, until);
    same(cut.report().blocked(), all.report().blocked(), BlockedOrder::day, until);
    same(cut.report().findings(), all.report().findings(), BacktestFinding::day, until);
    same(cut.journal(), all.journal(), JournalEntry::day, until);
  }

  private static BacktestRun run(
      RandomMarket market,
      long seed,
      List<StatusNotice> statuses,
      List<CorporateActionNotice> actions) {
    return Backtest.builder(market.panel, new RandomStrategy(seed, 6))
        .account(Money.parse("300000"))
        .gate(RiskGate.standard(RiskSettings.aggressive()))
        .statusNotices(statuses)
        .actionNotices(actions)
        .build()
        .run();
  }

  private static <T> void same(
      List<T> cut, List<T> all, Function<T, LocalDate> day, LocalDate until) {
    Predicate<T> before = entry -> !day.apply(entry).isAfter(until);
    assertThat(cut.stream().filter(before).toList())
        .isEqualTo(all.stream().filter(before).toList());
  }
}
