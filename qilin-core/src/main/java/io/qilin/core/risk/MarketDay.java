package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One day of the market and of the account, as the {@link MarketBreaker} reads it.
 *
 * @param indexReturn return of the market index as a fraction, −0.03 for a fall of 3 %
 * @param limitDownShare listed names that closed at limit-down as a fraction of all, 0 to 1
 * @param limitUpShare the same for limit-up
 * @param turnover traded part of the market's free float as a fraction, not negative
 * @param northbound net purchases through Stock Connect (北向资金) in yuan; empty where they are not
 *     published, which is so since 2024-08-19
 * @param dayReturn the account's return of the day as a fraction
 * @param losingDays days in a row on which the account lost, not negative
 * @param drawdown fall of the account from its high as a fraction, not negative
 */
public record MarketDay(
    double indexReturn,
    double limitDownShare,
    double limitUpShare,
    double turnover,
    OptionalDouble northbound,
    double dayReturn,
    int losingDays,
    double drawdown) {
  /**
   * Checks that everything is known.
   *
   * @throws QilinException DATA_NOT_FOUND if a number is {@code NaN} or infinite; INVALID_ARGUMENT if
   *     one is out of its range
   */
  public MarketDay {
    Objects.requireNonNull(northbound, "northbound");
    known("indexReturn", indexReturn);
    known("limitDownShare", limitDownShare);
    known("limitUpShare", limitUpShare);
    known("turnover", turnover);
    known("northbound", northbound.orElse(0));
    known("dayReturn", dayReturn);
    known("drawdown", drawdown);
    boolean shares =
        limitDownShare >= 0 && limitDownShare <= 1 && limitUpShare >= 0 && limitUpShare <= 1;
    if (!shares || turnover < 0 || losingDays < 0 || drawdown < 0) {
      throw QilinException.invalid(
          "shares of names are fractions from 0 to 1, turnover, losing days and drawdown not"
              + " negative, were " + limitDownShare + ", " + limitUpShare + ", " + turnover + ", "
              + losingDays + ", " + drawdown);
    }
  }

  private static void known(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          name + " of the market's day is not known, was " + value
              + "; without it the market cannot be judged");
    }
  }
}
