package io.qilin.agents.desk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import io.qilin.core.risk.BuyingPower;
import io.qilin.core.risk.ShareFacts;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How much of a share to buy, and at which limit.
 *
 * <p>Limit price: the last close × (1 + chase), rounded down to the tick, but at most the session's
 * limit-up and at least the close. Size: the largest order that the lot rule takes and that fits,
 * with fees, into the smaller of the cash and (position × equity − what is held of the share), and
 * that is at most {@code volumeShare} of the average daily volume of 20 days. Equity is cash plus
 * holdings at their last close.
 *
 * @param position target value of one share as a fraction of the equity, in (0, 1]
 * @param chase how far above the last close one is ready to pay, a fraction in [0, 0.1]
 * @param volumeShare most of the average daily volume that one order may be, in (0, 1]
 */
public record OrderPlan(double position, double chase, double volumeShare) {
  /** A tenth of the equity, up to 2 % above the close, at most 5 % of the average daily volume. */
  public static final OrderPlan DEFAULT = new OrderPlan(0.10, 0.02, 0.05);

  private static final int VOLUME_DAYS = 20;
  private static final int MILLS_SCALE = 3;

  /**
   * Checks the ranges.
   *
   * @throws QilinException INVALID_CONFIGURATION if one is out of its range
   */
  public OrderPlan {
    if (!(position > 0 && position <= 1) || !(volumeShare > 0 && volumeShare <= 1)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "position and volume share are fractions in (0, 1], were " + position + ", "
              + volumeShare);
    }
    if (!(chase >= 0 && chase <= 0.1)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION, "chase is a fraction in [0, 0.1], was " + chase);
    }
  }

  /**
   * The order for a share.
   *
   * @return empty if not even the smallest order fits
   * @throws QilinException if the share's price, volume or rules, or the value of a holding, are
   *     not known
   */
  public Optional<Order> order(Symbol symbol, RiskContext context) {
    ShareFacts share = ShareFacts.of(symbol, context);
    BoardRules rule = share.rule();
    LotRule lots = rule.lots();
    Fees fees = MarketRuleBook.aShare().at(context.session()).fees(rule.board());
    BigDecimal price = BigDecimal.valueOf(limitMills(share, rule), MILLS_SCALE);
    BigDecimal held = value(share, context.portfolio().shares(symbol));
    BigDecimal room = equity(context).multiply(BigDecimal.valueOf(position)).subtract(held);
    BigDecimal money = room.min(context.portfolio().cash().yuan()).setScale(2, RoundingMode.DOWN);
    long paid = BuyingPower.shares(Money.ofYuan(money), price, lots, fees);
    long liquid = (long) Math.floor(share.averageVolume(VOLUME_DAYS) * volumeShare);
    long shares = lots.floorBuy(Math.min(paid, liquid));
    return shares == 0
        ? Optional.empty()
        : Optional.of(new Order(symbol, Side.BUY, scaled(price), shares));
  }

  private long limitMills(ShareFacts share, BoardRules rule) {
    long close = share.closeMills();
    long tick = rule.tickMills();
    BigDecimal wanted =
        BigDecimal.valueOf(close).multiply(BigDecimal.ONE.add(BigDecimal.valueOf(chase)));
    long onTick =
        wanted.divide(BigDecimal.valueOf(tick), 0, RoundingMode.DOWN).longValueExact() * tick;
    Optional<PriceLimits> limits = rule.limits(close / 1000.0, share.listingDay());
    return Math.min(
        Math.max(onTick, close), limits.map(PriceLimits::upMills).orElse(Long.MAX_VALUE));
  }

  private static BigDecimal equity(RiskContext context) {
    BigDecimal sum = context.portfolio().cash().yuan();
    for (Symbol symbol : context.portfolio().holdings().keySet()) {
      sum = sum.add(value(ShareFacts.of(symbol, context), context.portfolio().shares(symbol)));
    }
    return sum;
  }

  private static BigDecimal value(ShareFacts share, long shares) {
    return shares == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(share.closeMills(), MILLS_SCALE).multiply(BigDecimal.valueOf(shares));
  }

  /** Two decimals where they suffice. */
  private static BigDecimal scaled(BigDecimal price) {
    return price.remainder(new BigDecimal("0.01")).signum() == 0 ? price.setScale(2) : price;
  }
}
