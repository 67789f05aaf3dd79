package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.desk.TrackedTrade.Outcome;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.progress.Cancellation;
import io.qilin.core.risk.RiskSettings;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Small markets in which every amount is computed by hand. Fees of 2024: 0.025 % but at least 5,
 * 0.001 %, 0.05 % sold.
 */
class TrackRecordTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 2);

  /** Scores a share on the first day only. */
  private static Analyst firstDay(String id) {
    return new Analyst() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public String title() {
        return id;
      }

      @Override
      public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
        Map<Symbol, Opinion> out = new TreeMap<>();
        for (Symbol symbol : snapshot.raw().symbols()) {
          double score = snapshot.day().equals(FIRST) || id.equals("risk") ? 1 : -1;
          out.put(
              symbol, new Opinion.Scored(id, symbol, score, 1, 1, List.of(), List.of(), List.of()));
        }
        return out;
      }
    };
  }

  private static TrackRecord.Builder record(String... rows) {
    Panel panel = Panels.table(
        Adjustment.RAW,
        "day symbol open high low close volume pre_close factor\n" + String.join("\n", rows));
    ResearchDesk desk = ResearchDesk.builder(firstDay("risk"))
        .analyst(firstDay("first-day"), 1)
        .risk(RiskSettings.moderate().toBuilder().requireStatus(false).build())
        .build();
    return TrackRecord.builder(desk, Snapshots.from(DeskMarkets.bars(panel), Map.of()))
        .cash(Money.parse("40000"));
  }

  private static final String DECISION = "2024-01-02 600001.SH 10 10 10 10 9000000 10 1";

  private static TrackedTrade only(TrackRecord record) {
    assertThat(record.trades()).hasSize(1);
    return record.trades().get(0);
  }

  @Test
  void whenBoughtAndSoldAtTheOpen_thenProfitAndEquityAreExact() {
    TrackRecord record = record(
            DECISION,
            "2024-01-03 600001.SH 10.00 10.50 9.90 10.40 9000000 10.00 1",
            "2024-01-04 600001.SH 10.50 10.60 10.40 10.45 9000000 10.40 1",
            "2024-01-05 600001.SH 10.40 10.60 10.40 10.45 9000000 10.45 1")
        .run();
    TrackedTrade trade = only(record);
    // Half of the money, over two places: 10 000 yuan pay for 900 shares and the fees of 5.00 +
    // 0.09.
    assertThat(trade.shares()).isEqualTo(900);
    assertThat(trade.outcome()).isEqualTo(Outcome.CLOSED);
    assertThat(trade.sold()).contains(LocalDate.of(2024, 1, 4));
    // Sold for 9 450.00 with fees of 5.00 + 4.73 (4.725 rounded half up) + 0.09.
    assertThat(trade.fees()).isEqualTo(Money.parse("14.91"));
    assertThat(trade.profit()).isEqualTo(Money.parse("435.09"));
    assertThat(trade.profitRate()).isEqualTo(435.09 / 9000);
    assertThat(record.equity())
        .extracting(point -> point.worth().toString())
        .containsExactly("40000.00", "40354.91", "40435.09", "40435.09");
    assertThat(record.hitRate()).isEqualTo(1);
    assertThat(record.totalReturn()).isEqualTo(4043509.0 / 4000000 - 1);
  }

  @Test
  void whenItOpensAtLimitUp_thenItIsNotBought() {
    assertThat(only(record(DECISION, "2024-01-03 600001.SH 11 11 11 11 9000000 10 1")
                .run())
            .outcome())
        .isEqualTo(Outcome.LIMIT_UP);
  }

  @Test
  void whenItOpensAboveTheOrder_thenItIsNotBought() {
    assertThat(only(record(DECISION, "2024-01-03 600001.SH 10.21 11 10 11 9000000 10 1")
                .run())
            .outcome())
        .isEqualTo(Outcome.ABOVE_ORDER);
    assertThat(only(record(DECISION, "2024-01-03 600001.SH 10.20 11 10 11 9000000 10 1")
                .run())
            .outcome())
        .isEqualTo(Outcome.OPEN);
  }

  @Test
  void whenItDoesNotTrade_thenItIsNotBought() {
    TrackRecord suspended =
        record(DECISION, "2024-01-03 600001.SH 10 10 10 10 0 10 1").run();
    assertThat(only(suspended).outcome()).isEqualTo(Outcome.NOT_TRADED);
    assertThat(suspended.totalReturn()).isZero();
    assertThat(suspended.hitRate()).isNaN();
  }

  @Test
  void whenTheSessionIsAnExDate_thenTheExchangeRefusesTheOldPrice() {
    assertThat(only(record(DECISION, "2024-01-03 600001.SH 5 5.2 4.9 5 9000000 5 2")
                .run())
            .outcome())
        .isEqualTo(Outcome.REFUSED);
  }

  @Test
  void whenItIsLockedAtLimitDownOrSuspended_thenTheExitWaits() {
    TrackRecord record = record(
            DECISION,
            "2024-01-03 600001.SH 10.00 10.00 9.90 10.00 9000000 10.00 1",
            "2024-01-04 600001.SH 9.00 9.00 9.00 9.00 9000000 10.00 1",
            "2024-01-05 600001.SH 9.00 9.00 9.00 9.00 0 9.00 1",
            "2024-01-08 600001.SH 8.50 9.00 8.40 8.60 9000000 9.00 1")
        .run();
    TrackedTrade trade = only(record);
    assertThat(trade.sold()).contains(LocalDate.of(2024, 1, 8));
    assertThat(trade.sellPrice()).isEqualTo(8.50);
    assertThat(record.equity().get(2).worth()).isEqualTo(Money.parse("39094.91"));
    assertThat(record.hitRate()).isZero();
  }

  @Test
  void whenItIsNeverSold_thenItStaysOpenAtItsLastClose() {
    TrackRecord record = record(
            DECISION,
            "2024-01-03 600001.SH 10.00 10.00 9.90 9.95 9000000 10.00 1",
            "2024-01-04 600001.SH 8.96 8.96 8.96 8.96 9000000 9.95 1")
        .run();
    TrackedTrade trade = only(record);
    assertThat(trade.outcome()).isEqualTo(Outcome.OPEN);
    assertThat(trade.profit()).isEqualTo(Money.parse("-941.09"));
    assertThat(trade.sellPrice()).isEqualTo(8.96);
  }

  @Test
  void whenAPayoutFallsBetween_thenItIsCounted() {
    // One share becomes two on the day of the sale: the price halves, the factor doubles.
    TrackRecord record = record(
            DECISION,
            "2024-01-03 600001.SH 10.00 10.00 9.90 10.00 9000000 10.00 1",
            "2024-01-04 600001.SH 5.00 5.00 4.90 5.00 9000000 5.00 2")
        .run();
    // Sold for 4 500, as much again for the bonus shares; fees 5.09 and 5.00 + 2.25 + 0.05 (0.045
    // rounded half up).
    assertThat(only(record).profit()).isEqualTo(Money.parse("-12.39"));
  }

  @Test
  void whenTheCashIsShort_thenItIsTooSmall() {
    TrackRecord record = record(DECISION, "2024-01-03 600001.SH 10 10 10 10 9000000 10 1")
        .cash(Money.parse("3000"))
        .run();
    assertThat(only(record).outcome()).isEqualTo(Outcome.TOO_SMALL);
  }

  @Test
  void whenTheSpanIsWrongOrCancelled_thenItIsATypedError() {
    TrackRecord.Builder builder = record(DECISION, "2024-01-03 600001.SH 10 10 10 10 9000000 10 1");
    assertThatThrownBy(() -> builder.span(LocalDate.of(2024, 1, 3), FIRST).run())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    assertThatThrownBy(() -> builder.span(FIRST, LocalDate.of(2024, 1, 9)).run())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE));
    assertThatThrownBy(() -> builder.span(FIRST, FIRST).cash(Money.ZERO).run())
        .isInstanceOf(QilinException.class);
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertThatThrownBy(
            () -> builder.cash(Money.parse("5000")).cancellation(cancellation).run())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  @Test
  void whenTheSpanEndsEarlier_thenTheDaysBeforeAreTheSame() {
    var bars = DeskMarkets.random(20, 150, 5);
    Snapshots snapshots = Snapshots.from(bars, DeskMarkets.statuses(bars.panel()));
    ResearchDesk desk = ResearchDesk.standard(io.qilin.agents.analyst.Preset.STANDARD)
        .minSafety(0)
        .build();
    LocalDate from = snapshots.days().get(80);
    TrackRecord whole = TrackRecord.builder(desk, snapshots)
        .span(from, snapshots.days().get(140))
        .run();
    TrackRecord part = TrackRecord.builder(desk, snapshots)
        .span(from, snapshots.days().get(110))
        .run();
    assertThat(whole.equity().subList(0, part.equity().size())).isEqualTo(part.equity());
    assertThat(part.filled()).isPositive();
  }
}
