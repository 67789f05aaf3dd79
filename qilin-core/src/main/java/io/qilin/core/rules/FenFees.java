package io.qilin.core.rules;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.util.List;

/**
 * The total cost of an order in whole fen: the numbers of {@link Fees#of}, but by integer
 * arithmetic that allocates nothing. Obtained from {@link Fees#inFen}. Immutable and safe to share.
 */
public final class FenFees {
  private final Rate commission;
  private final long minimum;
  private final Rate[] buy;
  private final Rate[] sell;

  /** With the rates that come on top of the commission. */
  FenFees(Commission commission, List<FeeRate> rates) {
    this.commission = new Rate(FeeRate.Base.AMOUNT, commission.rate());
    this.minimum = commission.minimum().fen();
    this.buy = rates(Side.BUY, rates);
    this.sell = rates(Side.SELL, rates);
  }

  private static Rate[] rates(Side side, List<FeeRate> rates) {
    return rates.stream()
        .map(rate -> new Rate(rate.base(), side == Side.BUY ? rate.buy() : rate.sell()))
        .toArray(Rate[]::new);
  }

  /**
   * What an order costs that was filled as a whole: the total of {@link Fees#of}.
   *
   * @param side buy or sell
   * @param amountFen price times shares in fen, not negative
   * @param shares number of shares, positive
   * @throws QilinException INVALID_ARGUMENT as {@link Fees#of}; LIMIT_EXCEEDED if the total does not
   *     fit
   */
  public long total(Side side, long amountFen, long shares) {
    if (amountFen < 0 || shares <= 0) {
      throw QilinException.invalid(
          "costs need an amount that is not negative and a positive number of shares, were "
              + Money.ofFen(amountFen) + " and " + shares);
    }
    try {
      long total = Math.max(commission.of(amountFen, shares), minimum);
      for (Rate rate : side == Side.BUY ? buy : sell) {
        total = Math.addExact(total, rate.of(amountFen, shares));
      }
      return total;
    } catch (ArithmeticException e) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the costs of an order over " + Money.ofFen(amountFen) + " yuan are more than Money can"
              + " hold",
          e);
    }
  }

  /** A rate as a whole number over a power of ten. */
  private static final class Rate {
    /** Up to here the product of a remainder and a rate fits a long. */
    private static final int MOST_DIGITS = 9;

    private final FeeRate.Base base;
    private final BigDecimal exact;
    private final long parts;
    /** 0 if the rate has too many digits. */
    private final long whole;

    Rate(FeeRate.Base base, BigDecimal rate) {
      this.base = base;
      this.exact = rate.signum() == 0 ? BigDecimal.ZERO : rate.stripTrailingZeros();
      boolean fits = exact.scale() >= 0 && exact.scale() <= MOST_DIGITS;
      this.parts = fits ? exact.unscaledValue().longValueExact() : 0;
      this.whole = fits ? BigDecimal.ONE.movePointRight(exact.scale()).longValueExact() : 0;
    }

    /** Rounded half up to the fen. */
    long of(long amountFen, long shares) {
      long taxed = base == FeeRate.Base.AMOUNT ? amountFen : Math.multiplyExact(shares, 100L);
      if (whole == 0) {
        return Money.ofYuan(BigDecimal.valueOf(taxed, 2).multiply(exact)).fen();
      }
      long rest = (taxed % whole * parts + whole / 2) / whole;
      return Math.addExact(Math.multiplyExact(taxed / whole, parts), rest);
    }
  }
}
