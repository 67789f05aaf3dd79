package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.TradeCost;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Symbol SHARE = Symbol.parse("600519.SH");
  private static final LocalDate BOUGHT = LocalDate.of(2026, 1, 8);
  private static final LocalDate NEXT = LocalDate.of(2026, 1, 9);

  private final Ledger ledger = Ledger.open(Money.parse("100000"), BOUGHT);

  private static TradeCost cost(Side side, Money amount, long shares, LocalDate day) {
    return MarketRuleBook.aShare().at(day).fees(Board.SSE_MAIN).of(side, amount, shares);
  }

  private void buy(long shares, String price) {
    Money amount = Money.parse(price).times(shares);
    ledger.buy(BOUGHT, SHARE, shares, amount, cost(Side.BUY, amount, shares, BOUGHT), NEXT, "");
  }

  private Money sell(long shares, String price, LocalDate day) {
    Money amount = Money.parse(price).times(shares);
    return ledger.sell(day, SHARE, shares, amount, cost(Side.SELL, amount, shares, day), "");
  }

  @Test
  void whenTheVectorOf2026IsTraded_thenTheCostsAreExact() {
    buy(1000, "10.00"); // 5.00 + 0.10
    assertThat(ledger.cash()).isEqualTo(Money.parse("89994.90"));

    Money profit = sell(1000, "10.50", NEXT); // 5.00 + 5.25 + 0.11

    assertThat(ledger.cash()).isEqualTo(Money.parse("100484.54"));
    assertThat(profit).isEqualTo(Money.parse("484.54"));
    assertThat(ledger.balance().fees()).isEqualTo(Money.parse("10.21"));
    assertThat(ledger.balance().taxes()).isEqualTo(Money.parse("5.25"));
    assertThat(ledger.balance().profit()).isEqualTo(Money.parse("500.00"));
    assertThat(ledger.balance().balances()).isTrue();
    assertThat(Balance.of(ledger.journal())).isEqualTo(ledger.balance());
  }

  @Test
  void whenSharesWereBoughtToday_thenTheyCannotBeSoldAndNothingChanges() {
    buy(1000, "10.00");
    Balance before = ledger.balance();

    assertThatThrownBy(() -> sell(100, "10.00", BOUGHT))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POSITION))
        .hasMessageContaining("0 of 1000 held are sellable");
    assertThat(ledger.balance()).isEqualTo(before);
    assertThat(ledger.shares(SHARE)).isEqualTo(1000);
  }

  @Test
  void whenTheCashDoesNotPay_thenThePurchaseIsRefusedAndNothingChanges() {
    Balance before = ledger.balance();

    assertThatThrownBy(() -> buy(10_000, "10.00"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_CASH))
        .hasMessageContaining("100000.00")
        .hasMessageContaining("100026.00");
    assertThat(ledger.balance()).isEqualTo(before);
    assertThat(ledger.journal()).hasSize(1);
  }

  @Test
  void whenTenGetThreeBonusShares_thenItIsNoLoss() {
    buy(1000, "20.00");
    ledger.mark(SHARE, 20_000);
    Money before = ledger.equity();

    ledger.bonus(NEXT, SHARE, 1000, new BigDecimal("0.3"), NEXT);
    ledger.mark(SHARE, 15_385); // 20 / 1.3

    assertThat(ledger.shares(SHARE)).isEqualTo(1300);
    assertThat(ledger.equity().minus(before)).isEqualTo(Money.parse("0.50")); // rounding of 15.385
    assertThat(ledger.sellable(SHARE, NEXT)).isEqualTo(1300);
  }

  @Test
  void whenADividendIsPaid_thenTheTaxFallsDueAtTheSaleByHoldingTime() {
    buy(1000, "10.00");
    ledger.dividend(
        NEXT, SHARE, new BigDecimal("0.50"), MarketRuleBook.aShare().at(BOUGHT).dividendTax());
    assertThat(ledger.cash()).isEqualTo(Money.parse("90494.90"));

    // sold within a month: 20 % of 200; after half a year: 10 % of 150; after a year: nothing
    sell(400, "9.50", LocalDate.of(2026, 2, 6));
    assertThat(dividendTax()).isEqualTo(Money.parse("40.00"));
    sell(300, "9.50", LocalDate.of(2026, 7, 8));
    assertThat(dividendTax()).isEqualTo(Money.parse("55.00"));
    sell(300, "9.50", LocalDate.of(2027, 1, 11));
    assertThat(dividendTax()).isEqualTo(Money.parse("55.00"));
    assertThat(ledger.balance().balances()).isTrue();
    assertThat(ledger.balance().positions()).isEqualTo(Money.ZERO);
  }

  private Money dividendTax() {
    return ledger.journal().stream()
        .filter(entry -> entry.kind() == JournalEntry.Kind.DIVIDEND_TAX)
        .map(JournalEntry::taxes)
        .reduce(Money.ZERO, Money::plus);
  }

  @Test
  void whenRightsAreTaken_thenTheyCostTheirPriceAndLapseWithoutCash() {
    buy(1000, "10.00");
    CorporateAction rights =
        CorporateAction.rights(SHARE, NEXT, new BigDecimal("0.3"), new BigDecimal("5.00"));
    CorporateAction dear =
        CorporateAction.rights(SHARE, NEXT, new BigDecimal("0.3"), new BigDecimal("500.00"));

    assertThat(ledger.subscribe(NEXT, 1000, rights, NEXT)).isTrue();
    assertThat(ledger.shares(SHARE)).isEqualTo(1300);
    assertThat(ledger.cash()).isEqualTo(Money.parse("88494.90"));
    assertThat(ledger.subscribe(NEXT, 1000, dear, NEXT)).isFalse();
    assertThat(ledger.shares(SHARE)).isEqualTo(1300);
  }

  @Test
  void whenAListingEnds_thenThePositionIsWrittenOff() {
    buy(1000, "10.00");

    ledger.delist(NEXT, SHARE, Money.parse("0.12"));

    assertThat(ledger.shares(SHARE)).isZero();
    assertThat(ledger.cash()).isEqualTo(Money.parse("90114.90"));
    assertThat(ledger.balance().profit()).isEqualTo(Money.parse("-9880.00"));
    assertThat(ledger.portfolio().holdings()).isEmpty();
  }

  @Test
  void whenAPortfolioIsTakenOver_thenItsLotsAndCashAreThere() {
    buy(1000, "10.00");
    Ledger other = Ledger.of(ledger.portfolio(), NEXT);

    assertThat(other.portfolio()).isEqualTo(ledger.portfolio());
    assertThat(other.balance().balances()).isTrue();
    assertThat(other.sellable(SHARE, NEXT)).isEqualTo(1000);
  }

  @Test
  void whenAnEntryDoesNotBalance_thenItCannotBeMade() {
    assertThatThrownBy(() -> new JournalEntry(
            1,
            NEXT,
            JournalEntry.Kind.DEPOSIT,
            java.util.Optional.empty(),
            0,
            Money.ofFen(1),
            Money.ZERO,
            Money.ZERO,
            Money.ZERO,
            Money.ZERO,
            Money.ZERO,
            ""))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("does not balance");
  }
}
