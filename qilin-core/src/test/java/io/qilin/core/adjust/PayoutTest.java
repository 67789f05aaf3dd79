package io.qilin.core.adjust;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoutTest {
  @ParameterizedTest
  @CsvSource({
    // close, reference; what the companies gave
    "20.00, 15.00, 0.3, 0.50",
    "49.49, 32.79, 0.5, 0.305", // 300015, 2018-05-24: 10 for 5 and 3.00 yuan for 10
    "13.58, 9.41, 0.4, 0.406", // 002027, 2017-07-06: 10 for 4 and 4.08 yuan for 10
    "58.89, 48.96, 0.2, 0.138", // 600276, 2017-05-31: 10 for 2 and 1.35 yuan for 10
    "455.98, 449.19, 0.0, 6.79", // 600519, 2017-07-07: 67.87 yuan for 10
    "10.10, 7.77, 0.3, 0", // 10 for 3, rounded up
  })
  void whenAReferencePriceFell_thenBonusAndCashExplainIt(
      BigDecimal close, BigDecimal reference, BigDecimal bonus, BigDecimal cash) {
    Payout payout = Payout.of(mills(close), mills(reference), 10);

    assertThat(payout.bonus()).isEqualByComparingTo(bonus);
    assertThat(payout.cash()).isEqualByComparingTo(cash);
  }

  @Property
  void whenSharesAndCashAreGiven_thenTheValueIsKept(
      @ForAll @IntRange(min = 200, max = 200_000) int closeFen,
      @ForAll @IntRange(max = 20) int tenths,
      @ForAll @IntRange(max = 100) int cashFen) {
    BigDecimal close = BigDecimal.valueOf(closeFen, 2);
    BigDecimal reference = close
        .subtract(BigDecimal.valueOf(cashFen, 2))
        .divide(BigDecimal.ONE.add(BigDecimal.valueOf(tenths, 1)), 2, RoundingMode.HALF_UP);
    if (reference.compareTo(close) >= 0) {
      return;
    }
    Payout payout = Payout.of(mills(close), mills(reference), 10);
    BigDecimal after = reference.multiply(BigDecimal.ONE.add(payout.bonus())).add(payout.cash());

    assertThat(payout.cash().signum()).isNotNegative();
    // at most half a tick for each share is lost or won by the rounding of the reference price
    assertThat(after.subtract(close).abs())
        .isLessThanOrEqualTo(new BigDecimal("0.005").multiply(BigDecimal.ONE.add(payout.bonus())));
  }

  private static long mills(BigDecimal yuan) {
    return yuan.movePointRight(3).longValueExact();
  }
}
