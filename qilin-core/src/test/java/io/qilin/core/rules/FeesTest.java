package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeesTest {
  @ParameterizedTest
  @CsvSource({
    // The vectors of the fee table.
    "SSE_MAIN, 2026-07-06, BUY, 10000.00, 1000, 5.00, 0.00, 0.10, 5.10",
    "SSE_MAIN, 2026-07-06, SELL, 10500.00, 1000, 5.00, 5.25, 0.11, 10.36",
    // Above the minimum commission: 0.025 %.
    "STAR, 2026-07-06, BUY, 100000.00, 1000, 25.00, 0.00, 1.00, 26.00",
    "CHINEXT, 2026-07-06, SELL, 100000.00, 1000, 25.00, 50.00, 1.00, 76.00",
    "BSE, 2026-07-06, SELL, 100000.00, 1000, 25.00, 50.00, 1.00, 76.00",
    // Around each change.
    "SSE_MAIN, 2023-08-25, SELL, 100000.00, 1000, 25.00, 100.00, 1.00, 126.00",
    "SSE_MAIN, 2023-08-28, SELL, 100000.00, 1000, 25.00, 50.00, 1.00, 76.00",
    "SSE_MAIN, 2022-04-28, BUY, 100000.00, 1000, 25.00, 0.00, 2.00, 27.00",
    "SSE_MAIN, 2022-04-29, BUY, 100000.00, 1000, 25.00, 0.00, 1.00, 26.00",
    "BSE, 2022-04-28, BUY, 100000.00, 1000, 25.00, 0.00, 2.50, 27.50",
    "SZSE_MAIN, 2015-08-03, BUY, 100000.00, 1000, 25.00, 0.00, 2.00, 27.00",
    "SSE_MAIN, 2015-07-31, BUY, 100000.00, 10000, 25.00, 0.00, 6.00, 31.00",
    "SZSE_MAIN, 2015-07-31, BUY, 100000.00, 10000, 25.00, 0.00, 0.00, 25.00",
    "SSE_MAIN, 2008-09-18, BUY, 100000.00, 1000, 25.00, 100.00, 1.00, 126.00",
    "SZSE_MAIN, 2008-09-19, BUY, 100000.00, 1000, 25.00, 0.00, 0.00, 25.00",
    "SZSE_MAIN, 2008-04-23, SELL, 100000.00, 1000, 25.00, 300.00, 0.00, 325.00",
    "SZSE_MAIN, 2008-04-24, SELL, 100000.00, 1000, 25.00, 100.00, 0.00, 125.00",
    // Funds pay commission only.
    "SSE_FUND, 2026-07-06, SELL, 100000.00, 1000, 25.00, 0.00, 0.00, 25.00",
  })
  void whenAnOrderIsFilled_thenItsCostsAreExact(
      Board board,
      LocalDate date,
      Side side,
      String amount,
      long shares,
      String commission,
      String stampTax,
      String transferFee,
      String total) {
    TradeCost cost =
        MarketRuleBook.aShare().at(date).fees(board).of(side, Money.parse(amount), shares);
    assertThat(cost.commission()).hasToString(commission);
    assertThat(cost.stampTax()).hasToString(stampTax);
    assertThat(cost.transferFee()).hasToString(transferFee);
    assertThat(cost.exchangeFees()).isEqualTo(Money.ZERO);
    assertThat(cost.total()).hasToString(total);
  }

  @Test
  void whenExchangeFeesComeOnTop_thenTheyAreAdded() {
    var commission = new Commission(new BigDecimal("0.0001"), Money.ZERO, false);
    Fees fees =
        MarketRuleBook.aShare().at(LocalDate.of(2026, 7, 6)).fees(Board.SSE_MAIN, commission);
    Money amount = Money.parse("100000.00");
    TradeCost cost = fees.of(Side.BUY, amount, 1000);
    assertThat(fees.handlingFee(Side.BUY, amount, 1000)).hasToString("3.41");
    assertThat(fees.regulatoryFee(Side.BUY, amount, 1000)).hasToString("2.00");
    assertThat(cost.exchangeFees()).hasToString("5.41");
    assertThat(cost.total()).hasToString("16.41");
  }

  @ParameterizedTest
  @CsvSource({
    "SSE_MAIN, 2023-08-25, 48.70",
    "SZSE_MAIN, 2023-08-28, 34.10",
    "BSE, 2022-11-30, 500.00",
    "BSE, 2022-12-01, 250.00",
    "BSE, 2023-08-25, 250.00",
    "BSE, 2023-08-28, 125.00",
  })
  void whenTheHandlingFeeChanged_thenTheDateDecides(Board board, LocalDate date, String fee) {
    Fees fees = MarketRuleBook.aShare().at(date).fees(board);
    Money amount = Money.parse("1000000.00");
    assertThat(fees.handlingFee(Side.SELL, amount, 1000)).hasToString(fee);
    assertThat(fees.regulatoryFee(Side.SELL, amount, 1000)).hasToString("20.00");
  }

  @ParameterizedTest
  @CsvSource({"2012-12-31, 10", "2013-01-01, 5", "2015-09-07, 5", "2015-09-08, 0"})
  void whenTheDividendTaxChanged_thenTheRecordDateDecides(LocalDate record, String percent) {
    DividendTax rates = MarketRuleBook.aShare().at(record).dividendTax();
    assertThat(rates.longer().movePointRight(2)).isEqualByComparingTo(percent);
  }

  @Test
  void whenAPartOfAFenIsDue_thenItIsRoundedHalfUp() {
    Fees fees = MarketRuleBook.aShare().at(LocalDate.of(2026, 7, 6)).fees(Board.SSE_MAIN);
    assertThat(fees.of(Side.BUY, Money.parse("500.00"), 100).transferFee()).hasToString("0.01");
    assertThat(fees.of(Side.BUY, Money.parse("499.99"), 100).transferFee()).hasToString("0.00");
  }

  @Test
  void whenNumbersAreSenseless_thenTheyAreRefused() {
    Fees fees = MarketRuleBook.aShare().at(LocalDate.of(2026, 7, 6)).fees(Board.SSE_MAIN);
    assertThatThrownBy(() -> fees.of(Side.BUY, Money.ofFen(-1), 100))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> fees.of(Side.BUY, Money.ZERO, 0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new Commission(new BigDecimal("0.0031"), Money.ZERO, true))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new Commission(new BigDecimal("-0.1"), Money.ZERO, true))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new Commission(BigDecimal.ZERO, Money.ofFen(-1), true))
        .isInstanceOf(QilinException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-08, 2024-01-08, 20.00",
    "2024-01-08, 2024-02-08, 20.00",
    "2024-01-08, 2024-02-09, 10.00",
    "2024-01-08, 2025-01-08, 10.00",
    "2024-01-08, 2025-01-09, 0.00",
  })
  void whenADividendIsPaid_thenTheHoldingTimeDecidesItsTax(
      LocalDate bought, LocalDate sold, String tax) {
    DividendTax rates = MarketRuleBook.aShare().at(LocalDate.of(2024, 1, 10)).dividendTax();
    assertThat(rates.of(Money.parse("100.00"), bought, sold)).hasToString(tax);
  }

  @Test
  void whenSoldBeforeItWasBought_thenItIsRefused() {
    DividendTax rates = MarketRuleBook.aShare().at(LocalDate.of(2015, 9, 7)).dividendTax();
    assertThat(rates.longer()).isEqualByComparingTo("0.05");
    assertThatThrownBy(() -> rates.rate(LocalDate.of(2015, 1, 2), LocalDate.of(2015, 1, 1)))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new DividendTax(BigDecimal.TEN, BigDecimal.ZERO, BigDecimal.ZERO))
        .isInstanceOf(QilinException.class);
  }
}
