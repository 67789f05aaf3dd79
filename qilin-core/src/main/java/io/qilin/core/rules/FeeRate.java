package io.qilin.core.rules;

import io.qilin.api.money.Money;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;

/** The rate of one cost as a fraction, by side, and what it is a fraction of. */
record FeeRate(Base base, BigDecimal buy, BigDecimal sell) {
  /** What a rate applies to. */
  enum Base {
    /** The amount of the trade. */
    AMOUNT,
    /** The face value: one yuan a share. */
    FACE
  }

  Money of(Side side, Money amount, long shares) {
    BigDecimal rate = side == Side.BUY ? buy : sell;
    BigDecimal taxed = base == Base.AMOUNT ? amount.yuan() : BigDecimal.valueOf(shares);
    return Money.ofYuan(taxed.multiply(rate));
  }
}
