package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every close from 0.01 to 500.00 on every class of limit, against decimal arithmetic written from
 * the rule's words.
 */
class LimitRateExhaustiveTest {
  @ParameterizedTest
  @CsvSource({
    "SSE_MAIN, NONE, ORDINARY, 2024-01-02, 0, 10, 10",
    "SZSE_MAIN, NONE, ORDINARY, 1996-12-16, 0, 10, 10",
    "SSE_MAIN, ST, ORDINARY, 2026-07-03, 0, 5, 5",
    "SZSE_MAIN, STAR_ST, ORDINARY, 2026-07-06, 0, 10, 10",
    "SSE_MAIN, NONE, UNREFORMED, 2024-01-02, 0, 5, 5",
    "SSE_MAIN, DELISTING, ORDINARY, 2024-01-02, 0, 10, 10",
    "CHINEXT, NONE, ORDINARY, 2020-08-21, 0, 10, 10",
    "CHINEXT, ST, ORDINARY, 2020-08-24, 0, 20, 20",
    "STAR, NONE, ORDINARY, 2024-01-02, 0, 20, 20",
    "BSE, NONE, ORDINARY, 2024-01-02, 0, 30, 30",
    "BSE, ST, ORDINARY, 2026-07-06, 0, 30, 30",
    "SSE_MAIN, NONE, ORDINARY, 2020-01-02, 1, 44, 36",
    "CHINEXT, NONE, ORDINARY, 2020-01-02, 1, 44, 36",
    "SSE_FUND, NONE, ORDINARY, 2024-01-02, 0, 10, 10",
    "SZSE_FUND, NONE, GROWTH_FUND, 2024-01-02, 0, 20, 20",
  })
  void whenEveryCloseIsTried_thenLimitsEqualTheDecimalOnes(
      Board board,
      RiskWarning warning,
      LimitCase limitCase,
      LocalDate date,
      int listingDay,
      int upPercent,
      int downPercent) {
    BoardRules rules = MarketRuleBook.aShare().at(date).rule(board, warning, limitCase);
    BigDecimal tick = BigDecimal.valueOf(rules.tickMills(), 3);
    RoundingMode up = board == Board.BSE ? RoundingMode.DOWN : RoundingMode.HALF_UP;
    RoundingMode down = board == Board.BSE ? RoundingMode.UP : RoundingMode.HALF_UP;
    long last = 500_000 / rules.tickMills();
    for (long ticks = 1; ticks <= last; ticks++) {
      BigDecimal close = tick.multiply(BigDecimal.valueOf(ticks));
      PriceLimits limits = rules.limits(close.doubleValue(), listingDay).orElseThrow();
      BigDecimal expectedUp = onTick(
              close.multiply(BigDecimal.valueOf(100 + upPercent, 2)), tick, up)
          .max(close.add(tick));
      BigDecimal expectedDown = onTick(
              close.multiply(BigDecimal.valueOf(100 - downPercent, 2)), tick, down)
          .min(close.subtract(tick))
          .max(tick);
      if (limits.upMills() != mills(expectedUp) || limits.downMills() != mills(expectedDown)) {
        assertThat(limits)
            .as("close " + close)
            .isEqualTo(new PriceLimits(mills(expectedUp), mills(expectedDown)));
      }
    }
  }

  private static BigDecimal onTick(BigDecimal price, BigDecimal tick, RoundingMode rounding) {
    return price.divide(tick, 0, rounding).multiply(tick);
  }

  private static long mills(BigDecimal price) {
    return price.movePointRight(3).longValueExact();
  }
}
