package io.qilin.api.market;

import static io.qilin.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelAdjustmentTest {
  private static final Symbol SHARE = Symbol.parse("600519.SH");
  private static final List<LocalDate> DAYS =
      List.of(LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 3), LocalDate.of(2024, 1, 4));

  private static Panel panel(Adjustment adjustment, Symbol symbol, double... closes) {
    return Panel.builder(DAYS, adjustment)
        .column(symbol, Field.CLOSE, 0, closes)
        .column(symbol, Field.VWAP, 0, closes)
        .column(symbol, Field.VOLUME, 0, new double[] {100, 200, 300})
        .column(symbol, Field.PRE_CLOSE, 0, new double[] {9, 10, 11})
        .column(symbol, Field.FACTOR, 0, new double[] {1, 1.25, Double.NaN})
        .build();
  }

  @Test
  void whenMadeBackward_thenPricesAreMultiplied() {
    Panel backward = panel(Adjustment.RAW, SHARE, 10, 8, 9).withAdjustment(Adjustment.BACKWARD);
    assertThat(backward.adjustment()).isEqualTo(Adjustment.BACKWARD);
    assertThat(backward.values(Field.CLOSE, 0)).containsExactly(10, 10, Double.NaN);
    assertThat(backward.values(Field.VOLUME, 0)).containsExactly(100, 200, 300);
    assertThat(backward.values(Field.PRE_CLOSE, 0)).containsExactly(9, 10, 11);
    assertThat(backward.values(Field.FACTOR, 0)).containsExactly(1, 1.25, Double.NaN);
  }

  @Test
  void whenMadeRaw_thenPricesAreDividedAndRoundedToTheTick() {
    Panel raw =
        panel(Adjustment.BACKWARD, SHARE, 10.004, 10.0001, 9).withAdjustment(Adjustment.RAW);
    assertThat(raw.values(Field.CLOSE, 0)).containsExactly(10, 8, Double.NaN);
    assertThat(raw.values(Field.VWAP, 0))
        .as("no tick")
        .containsExactly(10.004, 10.0001 / 1.25, Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({
    "600519.SH,1.23",
    "000001.SZ,1.23",
    "300750.SZ,1.23",
    "830799.BJ,1.23",
    "688981.SH,1.23",
    "200011.SZ,1.23",
    "510300.SH,1.235",
    "159915.SZ,1.235",
    "113001.SH,1.235",
    "000300.SH,1.23456",
    "399001.SZ,1.23456",
    "899050.BJ,1.23456",
    "900901.SH,1.23456",
    "MSFT.OTHER,1.23456"
  })
  void whenMadeRaw_thenTheTickIsThatOfTheInstrument(String symbol, double expected) {
    Panel raw = panel(Adjustment.FORWARD, Symbol.parse(symbol), 1.23456, 1, 1)
        .withAdjustment(Adjustment.RAW);
    assertThat(raw.value(Field.CLOSE, 0, 0)).isEqualTo(expected);
  }

  @Test
  void whenAlreadyInThatForm_thenItIsTheSamePanel() {
    for (Adjustment adjustment : Adjustment.values()) {
      Panel panel = panel(adjustment, SHARE, 1, 2, 3);
      assertThat(panel.withAdjustment(adjustment)).isSameAs(panel);
    }
  }

  @Test
  void whenForwardIsAskedFor_thenItIsRefused() {
    assertRefused(
            ErrorCode.UNSUPPORTED,
            () -> panel(Adjustment.RAW, SHARE, 1, 2, 3).withAdjustment(Adjustment.FORWARD))
        .hasMessageContaining("use BACKWARD");
  }

  @Test
  void whenForwardIsMadeComparable_thenItStaysForward() {
    Panel panel = panel(Adjustment.FORWARD, SHARE, 1, 2, 3).withAdjustment(Adjustment.BACKWARD);
    assertThat(panel.adjustment()).isEqualTo(Adjustment.FORWARD);
    assertThat(panel.values(Field.CLOSE, 0)).containsExactly(1, 2, 3);
  }

  @Test
  void whenThereIsNoFactor_thenThatIsSaid() {
    Panel panel = Panel.builder(DAYS, Adjustment.RAW)
        .column(SHARE, Field.CLOSE, 0, new double[3])
        .build();
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> panel.withAdjustment(Adjustment.BACKWARD))
        .hasMessageContaining("no field $factor");
  }

  @Test
  void whenAViewIsAdjusted_thenItIsTheViewOfTheAdjusted() {
    Panel panel = panel(Adjustment.RAW, SHARE, 10, 8, 9);
    Panel viewFirst = panel.until(DAYS.get(1)).withAdjustment(Adjustment.BACKWARD);
    Panel viewLast = panel.withAdjustment(Adjustment.BACKWARD).until(DAYS.get(1));
    assertThat(viewFirst.values(Field.CLOSE, 0)).isEqualTo(viewLast.values(Field.CLOSE, 0));
  }

  @Property
  void whenMadeBackwardAndRawAgain_thenTheFenAreTheSame(
      @ForAll @IntRange(min = 1, max = 1_000_000) int fen,
      @ForAll @DoubleRange(min = 0.5, max = 500) double factor) {
    double close = fen / 100.0;
    Panel raw = Panel.builder(DAYS.subList(0, 1), Adjustment.RAW)
        .column(SHARE, Field.CLOSE, 0, new double[] {close})
        .column(SHARE, Field.FACTOR, 0, new double[] {factor})
        .build();
    Panel again = raw.withAdjustment(Adjustment.BACKWARD).withAdjustment(Adjustment.RAW);
    assertThat(again.value(Field.CLOSE, 0, 0)).isEqualTo(close);
  }
}
