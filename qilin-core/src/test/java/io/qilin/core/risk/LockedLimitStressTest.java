package io.qilin.core.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.MarketRuleBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockedLimitStressTest {
  private static BoardRules rule(Board board, RiskWarning warning, LocalDate day) {
    return MarketRuleBook.aShare().at(day).rule(board, warning);
  }

  @ParameterizedTest
  @CsvSource({
    "SSE_MAIN,NONE,2024-02-06,1,0.1",
    "SSE_MAIN,NONE,2024-02-06,2,0.19",
    "SSE_MAIN,NONE,2024-02-06,3,0.271",
    "SSE_MAIN,ST,2024-02-06,3,0.142625",
    "SSE_MAIN,ST,2026-07-06,3,0.271",
    "STAR,NONE,2024-02-06,3,0.488",
    "CHINEXT,NONE,2020-08-21,3,0.271",
    "CHINEXT,NONE,2020-08-24,3,0.488",
    "BSE,NONE,2024-02-06,3,0.657"
  })
  void whenLocked_thenTheLossIsTheProductOfTheDays(
      Board board, RiskWarning warning, LocalDate day, int days, BigDecimal loss) {
    assertThat(LockedLimitStress.loss(rule(board, warning, day), 0, days))
        .isEqualByComparingTo(loss);
  }

  @Test
  void whenADayHasNoLimit_thenAllCanBeLost() {
    BoardRules rule = rule(Board.STAR, RiskWarning.NONE, LocalDate.of(2024, 2, 6));
    assertThat(LockedLimitStress.loss(rule, 5, 1)).isEqualByComparingTo("1");
    assertThat(LockedLimitStress.loss(rule, 6, 1)).isEqualByComparingTo("0.2");
  }

  @Test
  void whenThereIsNoDay_thenItIsRefused() {
    BoardRules rule = rule(Board.STAR, RiskWarning.NONE, LocalDate.of(2024, 2, 6));
    assertThatThrownBy(() -> LockedLimitStress.loss(rule, 0, 0)).isInstanceOf(QilinException.class);
  }
}
