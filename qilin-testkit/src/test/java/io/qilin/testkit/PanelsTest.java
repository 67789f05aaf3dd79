package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelsTest {
  private static final double NAN = Double.NaN;

  @Test
  void whenWeekdaysAreCounted_thenWeekendsAreLeftOut() {
    assertThat(Panels.weekdays(LocalDate.of(2024, 1, 5), 2))
        .containsExactly(LocalDate.of(2024, 1, 5), LocalDate.of(2024, 1, 8));
  }

  @Test
  void whenASeriesIsGiven_thenItIsThePanel() {
    Panel panel = Panels.series(Field.VOLUME, 1, NAN, 3);
    assertThat(panel.symbols()).containsExactly(Panels.SYMBOL);
    assertThat(panel.values(Field.VOLUME, 0)).containsExactly(1, NAN, 3);
    assertThat(Panels.closes(1, 2).values(Field.HIGH, 0)).containsExactly(1, 2);
  }

  @Test
  void whenATableIsRead_thenItsRowsAreThePanel() {
    Panel panel = Panels.table(Adjustment.RAW, """
            day        symbol    close volume
            2024-01-04 600519.SH 10.1  -
            2024-01-02 600519.SH 10.0  100
            2024-01-03 MSFT      NaN   7
            """);
    assertThat(panel.days()).hasSize(3);
    assertThat(panel.symbols()).containsExactly(Symbol.parse("600519.SH"), Symbol.other("MSFT"));
    assertThat(panel.values(Field.CLOSE, 0)).containsExactly(10, NAN, 10.1);
    assertThat(panel.values(Field.VOLUME, 0)).containsExactly(100, NAN, NAN);
    assertThat(panel.firstRow(1)).isEqualTo(1);
    assertThat(panel.endRow(1)).isEqualTo(2);
    assertThat(panel.values(Field.VOLUME, 1)).containsExactly(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "symbol day close",
        "day symbol",
        "day symbol close\n2024-01-02 MSFT",
        "day symbol close\n2024-13-02 MSFT 1",
        "day symbol close\n2024-01-02 MSFT x",
        "day symbol close\n2024-01-02 MSFT 1\n2024-01-02 MSFT 1",
        "day symbol close\n2024-01-02 ? 1"
      })
  void whenATableCannotBeRead_thenItIsRefused(String text) {
    assertThatThrownBy(() -> Panels.table(Adjustment.RAW, text)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheSeedIsTheSame_thenSoAreTheBits() {
    assertThat(Panels.difference(Panels.random(9, 60, 7), Panels.random(9, 60, 7)))
        .isEmpty();
    assertThat(Panels.difference(Panels.random(9, 60, 7), Panels.random(9, 60, 8)))
        .isPresent();
  }

  @Test
  void whenRandom_thenItLooksLikeAMarket() {
    Panel panel = Panels.random(40, 250, 0.05, 11);
    assertThat(panel.fields()).hasSize(9);
    long limitUps = 0;
    long unknown = 0;
    for (int i = 0; i < 40; i++) {
      for (int d = panel.firstRow(i); d < panel.endRow(i); d++) {
        double close = panel.value(Field.CLOSE, i, d);
        double limit = limit(panel.value(Field.PRE_CLOSE, i, d));
        unknown += Double.isNaN(close) ? 1 : 0;
        limitUps += close == limit ? 1 : 0;
        assertThat(close > limit).isFalse();
        assertThat(panel.value(Field.LOW, i, d) > close).isFalse();
        assertThat(panel.value(Field.HIGH, i, d) < close).isFalse();
      }
    }
    assertThat(limitUps).isPositive();
    assertThat(unknown).isPositive();
    assertThat(panel.firstRow(1)).isPositive();
    assertThat(panel.endRow(3)).isLessThan(250);
  }

  /** The limit-up price of the main board, in decimal arithmetic. */
  private static double limit(double reference) {
    return Double.isNaN(reference)
        ? NAN
        : BigDecimal.valueOf(reference)
            .multiply(new BigDecimal("1.1"))
            .setScale(2, RoundingMode.HALF_UP)
            .doubleValue();
  }

  @Test
  void whenNothingIsSuspended_thenEveryCellIsKnown() {
    Panel panel = Panels.random(4, 50, 0, 1);
    for (int i = 0; i < 4; i++) {
      assertThat(panel.values(Field.CLOSE, i)).doesNotContain(NAN);
    }
  }

  @Test
  void whenAskedForTheImpossible_thenItIsRefused() {
    assertThatThrownBy(() -> Panels.random(0, 1, 1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> Panels.random(10_000, 1, 1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> Panels.random(1, 0, 1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> Panels.random(1, 1, NAN, 1)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheFutureIsAnother_thenThePastStays() {
    Panel panel = Panels.random(9, 60, 7);
    LocalDate day = panel.days().get(30);
    Panel other = Panels.withOtherFuture(panel, day, 1);
    assertThat(Panels.difference(panel.until(day), other.until(day))).isEmpty();
    assertThat(Panels.difference(panel, other)).isPresent();
  }

  @Test
  void whenPanelsDiffer_thenTheFirstDifferenceIsNamed() {
    Panel panel = Panels.series(Field.CLOSE, 1, NAN, 3);
    assertThat(Panels.difference(panel, Panels.series(Field.CLOSE, 1, NAN, 3))).isEmpty();
    assertThat(Panels.difference(panel, Panels.series(Field.CLOSE, 1, NAN, 4)))
        .isEqualTo(Optional.of("$close of 600519.SH on 2024-01-04 is 3.0, not 4.0"));
    assertThat(Panels.difference(panel, Panels.series(Field.CLOSE, 1, NAN)).orElseThrow())
        .startsWith("days differ");
    assertThat(Panels.difference(panel, Panels.series(Field.OPEN, 1, NAN, 3)).orElseThrow())
        .startsWith("fields differ");
    assertThat(Panels.difference(panel, late()).orElseThrow()).startsWith("spans of 600519.SH");
  }

  private static Panel late() {
    return Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 3), Adjustment.RAW)
        .column(Panels.SYMBOL, Field.CLOSE, 1, new double[] {NAN, 3})
        .build();
  }
}
