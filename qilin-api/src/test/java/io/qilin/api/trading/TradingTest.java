package io.qilin.api.trading;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TradingTest {
  private static final Symbol A = Symbol.parse("600519.SH");
  private static final Symbol B = Symbol.parse("000001.SZ");
  private static final LocalDate DAY = LocalDate.of(2024, 1, 2);
  private static final BigDecimal PRICE = new BigDecimal("10.50");

  @Test
  void whenAnOrderIsPrinted_thenItReadsAsOne() {
    assertThat(new Order(A, Side.BUY, PRICE, 100)).hasToString("BUY 100 600519.SH @ 10.50");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0.01",
        "1E+13",
        "1E-13",
        "1E+2000000000",
        "-1E+2000000000",
        "1E-2000000000",
        "1234567890123"
      })
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void whenAPriceIsImpossible_thenTheOrderIsRefused(String price) {
    assertInvalid(() -> new Order(A, Side.SELL, new BigDecimal(price), 100))
        .hasMessageContaining("an order's price");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void whenSharesAreNotPositive_thenOrderAndHoldingAreRefused(long shares) {
    assertInvalid(() -> new Order(A, Side.BUY, PRICE, shares))
        .hasMessageContaining("was " + shares);
    assertInvalid(() -> new Holding(shares, Money.ZERO, DAY)).hasMessageContaining("was " + shares);
  }

  @Test
  void whenAPartIsNull_thenThatIsTheError() {
    assertThatNullPointerException().isThrownBy(() -> new Order(null, Side.BUY, PRICE, 1));
    assertThatNullPointerException().isThrownBy(() -> new Order(A, null, PRICE, 1));
    assertThatNullPointerException().isThrownBy(() -> new Order(A, Side.BUY, null, 1));
    assertThatNullPointerException().isThrownBy(() -> new Holding(1, null, DAY));
    assertThatNullPointerException().isThrownBy(() -> new Holding(1, Money.ZERO, null));
  }

  @Test
  void whenBoughtToday_thenSellableTomorrow() {
    Portfolio portfolio = new Portfolio(
        Money.ZERO,
        Map.of(
            A,
            List.of(
                new Holding(300, Money.parse("3000"), DAY),
                new Holding(200, Money.parse("2100"), DAY.plusDays(1)))));
    assertThat(portfolio.shares(A)).isEqualTo(500);
    assertThat(portfolio.sellable(A, DAY.minusDays(1))).isZero();
    assertThat(portfolio.sellable(A, DAY)).isEqualTo(300);
    assertThat(portfolio.sellable(A, DAY.plusDays(1))).isEqualTo(500);
    assertThat(portfolio.shares(B)).isZero();
    assertThat(portfolio.sellable(B, DAY)).isZero();
  }

  @Test
  void whenMade_thenThePortfolioIsASortedCopy() {
    List<Holding> lots = new ArrayList<>(List.of(new Holding(100, Money.ZERO, DAY)));
    Map<Symbol, List<Holding>> holdings = new HashMap<>(Map.of(A, lots, B, List.of()));
    Portfolio portfolio = new Portfolio(Money.ZERO, holdings);
    lots.clear();
    holdings.clear();
    assertThat(portfolio.holdings()).containsOnlyKeys(A).isUnmodifiable();
    assertThat(portfolio.shares(A)).isEqualTo(100);
  }

  @Test
  void whenCashIsNegative_thenThePortfolioIsRefused() {
    assertInvalid(() -> Portfolio.ofCash(Money.parse("-0.01"))).hasMessageContaining("was -0.01");
    assertThat(Portfolio.ofCash(Money.parse("5")).holdings()).isEmpty();
  }

  @Test
  void whenLotsAddUpBeyondALong_thenThePortfolioIsRefused() {
    Holding huge = new Holding(Long.MAX_VALUE, Money.ZERO, DAY);
    assertThat(new Portfolio(Money.ZERO, Map.of(A, List.of(huge))).shares(A))
        .isEqualTo(Long.MAX_VALUE);
    assertInvalid(() ->
            new Portfolio(Money.ZERO, Map.of(A, List.of(huge, new Holding(1, Money.ZERO, DAY)))))
        .hasMessageContaining("600519.SH");
  }
}
