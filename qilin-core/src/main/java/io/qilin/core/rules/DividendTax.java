package io.qilin.core.rules;

import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The personal income tax on a dividend (股息红利税) by how long the share was held; the tax is settled
 * when the share is sold.
 *
 * @param upToMonth rate, a fraction, if held one month or less
 * @param upToYear rate if held more than a month, up to one year
 * @param longer rate if held more than one year
 */
public record DividendTax(BigDecimal upToMonth, BigDecimal upToYear, BigDecimal longer) {
  /**
   * Checks the rates.
   *
   * @throws QilinException INVALID_ARGUMENT unless all lie between 0 and 1
   */
  public DividendTax {
    for (BigDecimal rate : new BigDecimal[] {upToMonth, upToYear, longer}) {
      if (rate.signum() < 0 || rate.compareTo(BigDecimal.ONE) > 0) {
        throw QilinException.invalid("a tax rate is a fraction, was " + rate.toPlainString());
      }
    }
  }

  /**
   * The rate for a share. The holding time runs from the day of acquisition to the day before the
   * sale: bought on 2024-01-08 and sold on 2024-02-08 is one month.
   *
   * @param acquired day on which the share was bought
   * @param sold day on which it was sold
   * @throws QilinException INVALID_ARGUMENT if it was sold before it was bought
   */
  public BigDecimal rate(LocalDate acquired, LocalDate sold) {
    if (sold.isBefore(acquired)) {
      throw QilinException.invalid("sold on " + sold + ", before it was bought on " + acquired);
    }
    if (!sold.isAfter(acquired.plusMonths(1))) {
      return upToMonth;
    }
    return sold.isAfter(acquired.plusYears(1)) ? longer : upToYear;
  }

  /**
   * The tax, rounded half up to the fen.
   *
   * @param dividend gross dividend of the shares sold
   * @param acquired day on which they were bought
   * @param sold day on which they were sold
   * @throws QilinException as {@link #rate}
   */
  public Money of(Money dividend, LocalDate acquired, LocalDate sold) {
    return Money.ofYuan(dividend.yuan().multiply(rate(acquired, sold)));
  }
}
