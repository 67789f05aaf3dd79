package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceLimitsTest {
  @ParameterizedTest
  @CsvSource({
    // The vectors of the exchanges' rounding rules.
    "SSE_MAIN, NONE, 2024-01-02, 1.15, 1.27, 1.04",
    "SZSE_MAIN, NONE, 2024-01-02, 10.05, 11.06, 9.05",
    "SSE_MAIN, ST, 2024-01-02, 1.10, 1.16, 1.05",
    "SSE_MAIN, NONE, 2024-01-02, 15.00, 16.50, 13.50",
    // Less than a tick away from the reference: one tick away; never below one tick.
    "SSE_MAIN, NONE, 2024-01-02, 0.04, 0.05, 0.03",
    "SSE_MAIN, ST, 2024-01-02, 0.09, 0.10, 0.08",
    "SSE_MAIN, NONE, 2024-01-02, 0.01, 0.02, 0.01",
    "STAR, NONE, 2024-01-02, 0.02, 0.03, 0.01",
    "BSE, NONE, 2024-01-02, 0.03, 0.04, 0.02",
    "BSE, NONE, 2024-01-02, 0.01, 0.02, 0.01",
    // Funds move in thousandths.
    "SSE_FUND, NONE, 2024-01-02, 1.005, 1.106, 0.905",
    "SZSE_FUND, NONE, 2024-01-02, 2.345, 2.580, 2.111",
  })
  void whenLimitsAreAsked_thenTheyAreTheExchanges(
      Board board, RiskWarning warning, LocalDate date, double reference, double up, double down) {
    PriceLimits limits = limits(board, warning, date, reference);
    assertThat(limits.up()).isEqualTo(up);
    assertThat(limits.down()).isEqualTo(down);
  }

  @ParameterizedTest
  @CsvSource({"84.63, 110.01", "17.09, 22.21", "31.46, 40.89", "2.85, 3.70"})
  void whenTheBoardIsBeijing_thenLimitUpIsTruncatedAsObserved(double reference, double up) {
    assertThat(limits(Board.BSE, RiskWarning.NONE, LocalDate.of(2024, 1, 2), reference)
            .up())
        .isEqualTo(up);
  }

  @Test
  void whenTheReferenceIsOffTheTick_thenItIsRoundedFirst() {
    var day = LocalDate.of(2024, 1, 2);
    assertThat(limits(Board.SSE_MAIN, RiskWarning.NONE, day, 10.004))
        .isEqualTo(limits(Board.SSE_MAIN, RiskWarning.NONE, day, 10.00));
    assertThat(limits(Board.SSE_MAIN, RiskWarning.NONE, day, 10.005))
        .isEqualTo(limits(Board.SSE_MAIN, RiskWarning.NONE, day, 10.01));
  }

  @Test
  void whenAPriceIsOneTickAway_thenItIsNotTheLimit() {
    var limits = new PriceLimits(11_000, 9_000);
    assertThat(limits.isUp(11.00)).isTrue();
    assertThat(limits.isUp(10.99)).isFalse();
    assertThat(limits.isUp(11.01)).isFalse();
    assertThat(limits.isDown(9.00)).isTrue();
    assertThat(limits.isDown(9.01)).isFalse();
    assertThat(limits.within(9.00)).isTrue();
    assertThat(limits.within(11.00)).isTrue();
    assertThat(limits.within(8.99)).isFalse();
    assertThat(limits.within(11.01)).isFalse();
  }

  @Test
  void whenAPriceCarriesBinaryNoise_thenItIsStillTheLimit() {
    assertThat(new PriceLimits(300, 100).isUp(0.1 + 0.2)).isTrue();
    assertThat(new PriceLimits(11_000, 9_000).isUp((float) 11.000001)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 2e9})
  void whenANumberIsNoPrice_thenItIsNeverALimit(double price) {
    var limits = new PriceLimits(11_000, 9_000);
    assertThat(limits.isUp(price)).isFalse();
    assertThat(limits.isDown(price)).isFalse();
    assertThat(limits.within(price)).isFalse();
    assertThatThrownBy(() -> PriceLimits.mills(price))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 5", "5, 5", "4, 5"})
  void whenLimitsDoNotAscend_thenTheyAreRefused(long up, long down) {
    assertThatThrownBy(() -> new PriceLimits(up, down)).isInstanceOf(QilinException.class);
  }

  private static PriceLimits limits(
      Board board, RiskWarning warning, LocalDate date, double reference) {
    return MarketRuleBook.aShare()
        .at(date)
        .rule(board, warning)
        .limits(reference, 0)
        .orElseThrow();
  }
}
