package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final Panel PANEL = Panels.table(Adjustment.RAW, """
      day        symbol    close factor
      2024-01-02 600001.SH 10.00 1
      2024-01-03 600001.SH 10.10 2
      2024-01-04 600001.SH 10.20 2
      2024-01-04 600002.SH 20.00 1
      """);
  private static final Symbol FIRST = Symbol.parse("600001.SH");

  @Test
  void whenAShareIsListedLater_thenItIsAbsent() {
    MarketSnapshot snapshot =
        Snapshots.of(DeskMarkets.bars(PANEL), Map.of(), LocalDate.of(2024, 1, 3));
    assertThat(snapshot.raw().symbols()).containsExactly(FIRST);
    assertThat(snapshot.raw().days()).hasSize(2);
    assertThat(snapshot.raw().value(Field.CLOSE, 0, 1)).isEqualTo(10.10);
    assertThat(snapshot.adjusted().value(Field.CLOSE, 0, 1)).isEqualTo(20.20);
  }

  @Test
  void whenAStatusBeginsLater_thenItIsNotKnown() {
    SecurityStatus before = DeskMarkets.statuses(PANEL).get(FIRST).statuses().get(0);
    SecurityStatus after = new SecurityStatus(
        FIRST,
        LocalDate.of(2024, 1, 4),
        before.board(),
        "*ST",
        io.qilin.api.market.RiskWarning.STAR_ST,
        before.listDate(),
        before.freeFloatShares());
    Map<Symbol, SecurityTimeline> securities =
        Map.of(FIRST, SecurityTimeline.of(List.of(before, after)));
    Snapshots snapshots = Snapshots.from(DeskMarkets.bars(PANEL), securities);
    assertThat(snapshots.at(LocalDate.of(2024, 1, 3)).securities().get(FIRST).statuses())
        .containsExactly(before);
    assertThat(snapshots.at(LocalDate.of(2024, 1, 4)).securities().get(FIRST).statuses())
        .hasSize(2);
  }

  @Test
  void whenTheDayOrTheFactorIsMissing_thenItIsATypedError() {
    assertThatThrownBy(
            () -> Snapshots.of(DeskMarkets.bars(PANEL), Map.of(), LocalDate.of(2024, 1, 5)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE));
    assertThatThrownBy(() -> Snapshots.from(DeskMarkets.bars(Panels.closes(1, 2)), Map.of()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }

  @Test
  void whenRawBarsHaveReferencePricesOnly_thenTheFactorIsFoundFromThem() {
    Panel panel = Panels.table(Adjustment.RAW, """
        day        symbol    close pre_close
        2024-01-02 600001.SH 10.00 9.90
        2024-01-03 600001.SH 10.50 10.00
        2024-01-04 600001.SH -     -
        2024-01-05 600001.SH 5.30  5.25
        2024-01-08 600001.SH 5.40  5.30
        """);
    Snapshots snapshots = Snapshots.from(DeskMarkets.bars(panel), Map.of());
    MarketSnapshot snapshot = snapshots.at(LocalDate.of(2024, 1, 8));
    assertThat(snapshot.raw().values(Field.FACTOR, 0)).containsExactly(1, 1, 1, 2, 2);
    assertThat(snapshot.adjusted().values(Field.CLOSE, 0))
        .containsExactly(10.00, 10.50, Double.NaN, 10.60, 10.80);
    assertThat(snapshot.raw().values(Field.CLOSE, 0))
        .containsExactly(10.00, 10.50, Double.NaN, 5.30, 5.40);
  }

  @Test
  void whenBarsSayNothingOfDividends_thenTheMessageSaysWhatToAdd() {
    Panel panel = Panels.table(Adjustment.RAW, """
        day        symbol    close
        2024-01-02 600001.SH 10.00
        """);
    assertThatThrownBy(() -> Snapshots.from(DeskMarkets.bars(panel), Map.of()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
        .hasMessageContaining("factor")
        .hasMessageContaining("pre_close");
  }
}
