package io.qilin.core.risk;

import io.qilin.api.money.Money;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.LotRule;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many shares an amount of money buys, fees included. */
public final class BuyingPower {
  private BuyingPower() {}

  /**
   * What a buy takes from the account: price times shares, rounded half up to the fen, and the
   * fees.
   */
  public static Money cost(BigDecimal price, long shares, Fees fees) {
    Money amount = Money.ofYuan(price.multiply(BigDecimal.valueOf(shares)));
    return amount.plus(fees.of(Side.BUY, amount, shares).total());
  }

  /**
   * The largest order that the money pays for and the lot rule takes.
   *
   * @param money what may be spent
   * @param price yuan per share, positive
   * @return 0 if even the smallest order costs more
   */
  public static long shares(Money money, BigDecimal price, LotRule lots, Fees fees) {
    if (money.isNegative()) {
      return 0;
    }
    BigDecimal most = money.yuan().divide(price, 0, RoundingMode.DOWN);
    long low = 0;
    long high =
        lots.floorBuy(most.min(BigDecimal.valueOf(lots.maxLimitOrder())).longValue()) / lots.step();
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      boolean paid = cost(price, middle * lots.step(), fees).compareTo(money) <= 0;
      low = paid ? middle : low;
      high = paid ? high : middle - 1;
    }
    return lots.floorBuy(low * lots.step());
  }
}
