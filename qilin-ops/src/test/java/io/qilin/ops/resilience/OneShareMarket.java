package io.qilin.ops.resilience;

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
import io.qilin.core.trading.Matching;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A market where one share costs 10 yuan, and an account of 8,000 yuan that may hold 500 of it. */
public final class OneShareMarket implements Matching {
  static final Symbol SYMBOL = Symbol.parse("600519.SH");

  private static final BigDecimal PRICE = new BigDecimal("10.00");
  private static final long LIMIT = 500;

  private final List<Holding> holdings = new ArrayList<>();
  private Money cash = Money.parse("8000");

  static Order buy(String price, long shares) {
    return new Order(SYMBOL, Side.BUY, new BigDecimal(price), shares);
  }

  @Override
  public void startSession(LocalDate day) {}

  @Override
  public void endSession() {}

  @Override
  public Optional<Rejection> refusal(Order order, List<OrderState> open) {
    if (order.shares() % 100 != 0) {
      return Optional.of(Rejection.of(RejectReason.LOT_SIZE, "multiples of 100 shares only"));
    }
    Money needed = Money.ofYuan(order.price().multiply(BigDecimal.valueOf(order.shares())));
    if (needed.compareTo(cash) > 0) {
      return Optional.of(Rejection.insufficientFunds(needed, cash));
    }
    long held = portfolio().shares(SYMBOL);
    return held + order.shares() > LIMIT
        ? Optional.of(Rejection.positionLimit(held, LIMIT))
        : Optional.empty();
  }

  @Override
  public List<Fill> trade(Order order, long remaining) {
    if (order.price().compareTo(PRICE) < 0) {
      return List.of();
    }
    Fill fill = new Fill(Instant.EPOCH, PRICE, remaining, Money.ZERO);
    cash = cash.minus(fill.amount());
    holdings.add(new Holding(remaining, fill.amount(), LocalDate.of(2024, 1, 3)));
    return List.of(fill);
  }

  @Override
  public Portfolio portfolio() {
    return new Portfolio(
        cash, holdings.isEmpty() ? Map.of() : Map.of(SYMBOL, List.copyOf(holdings)));
  }
}
