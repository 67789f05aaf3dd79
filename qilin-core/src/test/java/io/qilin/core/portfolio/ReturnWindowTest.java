package io.qilin.core.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReturnWindowTest {
  private static final Symbol SHARE = Symbol.parse("600000.SH");

  /** 10 for 10 bonus on the third day; no trading on the fourth. */
  private static final String BARS = """
      day        symbol    close pre_close factor
      2024-01-02 600000.SH 10.00 9.80      1
      2024-01-03 600000.SH 11.00 10.00     1
      2024-01-04 600000.SH 5.61  5.50      2
      2024-01-05 600000.SH -     -         -
      2024-01-08 600000.SH 5.50  5.61      2
      """;

  private static double[] closes(Panel panel) {
    ReturnWindow window = ReturnWindow.of(panel, List.of(SHARE), 4, 2);
    double[] out = window.deviations(0).clone();
    double stretch = Math.sqrt(4.0 / 3);
    for (int i = 0; i < out.length; i++) {
      out[i] = out[i] / stretch + window.means()[0];
    }
    return out;
  }

  @Test
  void whenThereIsAReferencePrice_thenAnExDateIsNoLoss() {
    double[] returns = closes(Panels.table(Adjustment.RAW, BARS));

    assertThat(returns[0]).isCloseTo(0.1, within(1e-15));
    assertThat(returns[1]).isCloseTo(0.02, within(1e-15));
    assertThat(returns[3]).isCloseTo(5.50 / 5.61 - 1, within(1e-15));
  }

  @Test
  void whenThereIsAFactorOnly_thenTheReturnsAreTheSame() {
    String bars = BARS.replaceAll("(SH +\\S+|close) +\\S+ ", "$1 ");
    Panel panel = Panels.table(Adjustment.RAW, bars);
    assertThat(panel.fields()).hasSize(2);

    double[] returns = closes(panel);
    double[] adjusted = closes(panel.withAdjustment(Adjustment.BACKWARD));

    assertThat(returns).containsExactly(closes(Panels.table(Adjustment.RAW, BARS)), within(1e-15));
    assertThat(adjusted).containsExactly(returns, within(1e-15));
  }

  @Test
  void whenADayIsMissing_thenTheVarianceIsThatOfTheKnownDays() {
    ReturnWindow window = ReturnWindow.of(Panels.table(Adjustment.RAW, BARS), List.of(SHARE), 4, 2);

    double mean = (0.1 + 0.02 + 5.50 / 5.61 - 1) / 3;
    double squares =
        Math.pow(0.1 - mean, 2) + Math.pow(0.02 - mean, 2) + Math.pow(5.50 / 5.61 - 1 - mean, 2);
    assertThat(window.means()).containsExactly(new double[] {mean}, within(1e-15));
    assertThat(Shrinkage.NONE.estimate(window).covariance().value(0, 0))
        .isCloseTo(squares / 3, within(1e-15));
  }

  @Test
  void whenAShareHasTooFewReturnsOrNeverMoves_thenItIsLeftOutWithTheReason() {
    Panel panel = Panels.table(Adjustment.RAW, BARS + """
        2024-01-05 600001.SH 5.00 4.90 1
        2024-01-08 600001.SH 5.00 5.00 1
        2024-01-03 600002.SH 5.00 5.00 1
        2024-01-04 600002.SH 5.00 5.00 1
        2024-01-05 600002.SH 5.00 5.00 1
        2024-01-08 600002.SH 5.00 5.00 1
        """);
    Symbol absent = Symbol.parse("600009.SH");

    ReturnWindow window = ReturnWindow.of(
        panel, List.of(absent, SHARE, Symbol.parse("600001.SH"), Symbol.parse("600002.SH")), 4, 3);

    assertThat(window.symbols()).containsExactly(SHARE);
    assertThat(window.leftOut())
        .hasSize(3)
        .containsEntry(absent, "0 known returns in 4 days, needs 3")
        .containsEntry(Symbol.parse("600001.SH"), "2 known returns in 4 days, needs 3")
        .containsEntry(Symbol.parse("600002.SH"), "its price does not move");
  }

  @Test
  void whenRawPricesComeAlone_thenRefused() {
    assertThatThrownBy(() -> ReturnWindow.of(Panels.closes(1, 2, 3), List.of(SHARE), 3, 2))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
        .hasMessageContaining("$factor");
  }

  @Test
  void whenTheWindowIsBad_thenRefused() {
    Panel panel = Panels.table(Adjustment.RAW, BARS);
    PortfolioOptimizerTest.assertInvalid(
        () -> ReturnWindow.of(panel, List.of(SHARE), 1, 1), "at least 2");
    PortfolioOptimizerTest.assertInvalid(
        () -> ReturnWindow.of(panel, List.of(SHARE), 5, 6), "5 and 6");
  }
}
