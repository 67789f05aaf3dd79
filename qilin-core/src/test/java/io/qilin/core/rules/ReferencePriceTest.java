package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencePriceTest {
  @ParameterizedTest
  @CsvSource({
    // close, cash, bonus, rights, rights price, tick in mills, reference
    "20.00, 0.50, 0.3, 0, 0, 10, 15.00", "10.00, 0, 0, 0, 0, 10, 10.00",
        "10.00, 0.333, 0, 0, 0, 10, 9.67",
    "10.00, 0.335, 0, 0, 0, 10, 9.67", "10.00, 0.336, 0, 0, 0, 10, 9.66",
        "10.00, 0, 0, 0.3, 6.00, 10, 9.08",
    "10.00, 0.10, 1, 0, 0, 10, 4.95", "3.005, 0.05, 0, 0, 0, 1, 2.955",
  })
  void whenAShareGoesEx_thenItsReferenceFollowsTheFormula(
      BigDecimal close,
      BigDecimal cash,
      BigDecimal bonus,
      BigDecimal rights,
      BigDecimal rightsPrice,
      long tickMills,
      String reference) {
    assertThat(new ReferencePrice(cash, bonus, rights, rightsPrice).after(close, tickMills))
        .hasToString(reference);
  }

  @Test
  void whenTheReferenceIsKnown_thenLimitsStartFromIt() {
    var after = ReferencePrice.of(new BigDecimal("0.50"), new BigDecimal("0.3"))
        .after(new BigDecimal("20.00"), 10);
    var rules =
        MarketRuleBook.aShare().at(LocalDate.of(2024, 1, 2)).rule(Board.SSE_MAIN, RiskWarning.NONE);
    assertThat(rules.limits(after.doubleValue(), 0).orElseThrow().up()).isEqualTo(16.50);
  }

  @Test
  void whenNothingWouldBeLeft_thenItIsRefused() {
    var action = ReferencePrice.of(new BigDecimal("3"), BigDecimal.ZERO);
    assertThatThrownBy(() -> action.after(new BigDecimal("3.00"), 10))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> action.after(new BigDecimal("3.00"), 0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> ReferencePrice.of(new BigDecimal("-1"), BigDecimal.ZERO))
        .isInstanceOf(QilinException.class);
  }
}
