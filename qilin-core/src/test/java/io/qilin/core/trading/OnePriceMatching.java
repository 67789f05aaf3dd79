package io.qilin.core.trading;

import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Fill;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A market with one price, at which up to a given number of shares trades at once, and an account that may hold at most
 * 1000 shares of one symbol; each fill costs 5 yuan.
 */
final class OnePriceMatching implements Matching {
  static final Symbol SYMBOL = Symbol.parse("600519.SH");
  static final LocalDate TODAY = LocalDate.of(2024, 1, 2);
  static final long LIMIT = 1000;

  private static final Money FEE = Money.parse("5");

  private final Map<Symbol, List<Holding>> holdings = new TreeMap<>();
  private Money cash = Money.parse("100000");
  private BigDecimal price = new BigDecimal("10.00");
  private long depth = Long.MAX_VALUE;
  private boolean open = true;
  private int trades;

  static Order buy(String price, long shares) {
    return new Order(SYMBOL, Side.BUY, new BigDecimal(price), shares);
  }

  static Order sell(String price, long shares) {
    return new Order(SYMBOL, Side.SELL, new BigDecimal(price), shares);
  }

  void price(String now) {
    price = new BigDecimal(now);
  }

  void depth(long shares) {
    depth = shares;
  }

  /** How often something traded. */
  int trades() {
    return trades;
  }

  @Override
  public void startSession(LocalDate day) {
    open = true;
  }

  @Override
  public void endSession() {
    open = false;
  }

  @Override
  public Optional<Rejection> refusal(Order order, List<OrderState> open) {
    if (!this.open) {
      return Optional.of(Rejection.of(RejectReason.SESSION_CLOSED, "no session"));
    }
    if (order.shares() % 100 != 0) {
      return Optional.of(Rejection.of(RejectReason.LOT_SIZE, "multiples of 100 shares only"));
    }
    long held = portfolio().shares(order.symbol());
    if (order.side() == Side.SELL) {
      long sellable = portfolio().sellable(order.symbol(), TODAY);
      return sellable >= order.shares()
          ? Optional.empty()
          : Optional.of(Rejection.of(RejectReason.NOT_SELLABLE, sellable + " can be sold today"));
    }
    if (held + order.shares() > LIMIT) {
      return Optional.of(Rejection.positionLimit(held, LIMIT));
    }
    Money needed = cost(order);
    for (OrderState state : open) {
      needed = needed.plus(cost(state.order()));
    }
    return needed.compareTo(cash) > 0
        ? Optional.of(Rejection.insufficientFunds(needed, cash))
        : Optional.empty();
  }

  private static Money cost(Order order) {
    return Money.ofYuan(order.price().multiply(BigDecimal.valueOf(order.shares())))
        .plus(FEE);
  }

  @Override
  public List<Fill> trade(Order order, long remaining) {
    boolean reached = order.side() == Side.BUY
        ? order.price().compareTo(price) >= 0
        : order.price().compareTo(price) <= 0;
    long shares = Math.min(remaining, depth);
    if (!reached || shares == 0) {
      return List.of();
    }
    trades++;
    Fill fill = new Fill(Instant.EPOCH, price, shares, FEE);
    Money cost = fill.amount().plus(FEE);
    cash = cash.minus(cost);
    holdings
        .computeIfAbsent(order.symbol(), s -> new ArrayList<>())
        .add(new Holding(shares, cost, TODAY.plusDays(1)));
    return List.of(fill);
  }

  @Override
  public Portfolio portfolio() {
    return new Portfolio(cash, holdings);
  }
}
