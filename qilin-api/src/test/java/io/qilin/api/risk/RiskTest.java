package io.qilin.api.risk;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Portfolio;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RiskTest {
  private static final LocalDate DAY = LocalDate.of(2024, 1, 2);
  private static final Portfolio PORTFOLIO = Portfolio.ofCash(Money.ZERO);

  private static Panel panel(Adjustment adjustment) {
    return Panel.builder(List.of(DAY), adjustment)
        .column(Symbol.parse("600519.SH"), Field.CLOSE, 0, new double[1])
        .build();
  }

  @Test
  void whenFolded_thenEachCaseGivesItsAnswer() {
    RiskVerdict reject = new RiskVerdict.Reject("price-limit", "10.60 is above the limit 10.50");
    assertThat(RiskVerdict.pass().<String>fold(() -> "pass", RiskVerdict.Reject::rule))
        .isEqualTo("pass");
    assertThat(reject.<String>fold(() -> "pass", RiskVerdict.Reject::rule))
        .isEqualTo("price-limit");
    assertThat(RiskVerdict.pass().passed()).isTrue();
    assertThat(reject.passed()).isFalse();
    assertThat(RiskVerdict.pass()).isEqualTo(new RiskVerdict.Pass());
    assertThatNullPointerException().isThrownBy(() -> new RiskVerdict.Reject(null, ""));
    assertThatNullPointerException().isThrownBy(() -> new RiskVerdict.Reject("", null));
  }

  @Test
  void whenTheHistoryEndsBeforeTheSession_thenItCanBeJudged() {
    RiskContext context =
        new RiskContext(DAY.plusDays(1), panel(Adjustment.RAW), Map.of(), PORTFOLIO);
    assertThat(context.securities()).isEmpty();
    assertThat(context.securities()).isUnmodifiable();
  }

  @Test
  void whenTheHistoryKnowsTheSession_thenItIsRefused() {
    assertInvalid(() -> new RiskContext(DAY, panel(Adjustment.RAW), Map.of(), PORTFOLIO))
        .hasMessageContaining("must end before the session 2024-01-02, but ends on 2024-01-02");
  }

  @Test
  void whenPricesAreAdjusted_thenTheyAreRefused() {
    for (Adjustment adjusted : List.of(Adjustment.BACKWARD, Adjustment.FORWARD)) {
      assertInvalid(() -> new RiskContext(DAY.plusDays(1), panel(adjusted), Map.of(), PORTFOLIO))
          .hasMessageContaining("need raw prices, got " + adjusted);
    }
  }
}
