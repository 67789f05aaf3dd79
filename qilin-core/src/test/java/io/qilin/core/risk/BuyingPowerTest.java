package io.qilin.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.money.Money;
import io.qilin.core.rules.DatedRules;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.MarketRuleBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BuyingPowerTest {
  private static final DatedRules RULES = MarketRuleBook.aShare().at(LocalDate.of(2026, 1, 5));

  @Test
  void whenAThousandAreBought_thenTheCostIsThatOfTheRuleBook() {
    assertThat(BuyingPower.cost(new BigDecimal("10.00"), 1000, RULES.fees(Board.SSE_MAIN)))
        .isEqualTo(Money.parse("10005.10"));
  }

  @Property(tries = 300)
  void whenAskedHowMany_thenThatManyAreAffordableAndOneLotMoreIsNot(
      @ForAll @LongRange(min = 0, max = 5_000_000_000L) long fen,
      @ForAll @IntRange(min = 1, max = 50_000) int cents,
      @ForAll Board board) {
    LotRule lots = RULES.rule(board, RiskWarning.NONE).lots();
    Fees fees = RULES.fees(board);
    BigDecimal price = BigDecimal.valueOf(cents, 2);
    long shares = BuyingPower.shares(Money.ofFen(fen), price, lots, fees);
    if (shares > 0) {
      assertThat(lots.allowsBuy(shares)).isTrue();
      assertThat(BuyingPower.cost(price, shares, fees)).isLessThanOrEqualTo(Money.ofFen(fen));
    }
    long more = shares == 0 ? lots.minBuy() : shares + lots.step();
    if (more <= lots.maxLimitOrder()) {
      assertThat(BuyingPower.cost(price, more, fees)).isGreaterThan(Money.ofFen(fen));
    }
  }

  @Test
  void whenThereIsNoMoney_thenNothingIsBought() {
    LotRule lots = RULES.rule(Board.STAR, RiskWarning.NONE).lots();
    assertThat(BuyingPower.shares(Money.ZERO, BigDecimal.ONE, lots, RULES.fees(Board.STAR)))
        .isZero();
    assertThat(BuyingPower.shares(Money.ofFen(-1), BigDecimal.ONE, lots, RULES.fees(Board.STAR)))
        .isZero();
  }
}
