package io.qilin.core.backtest;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Orders at random, half of them wrong in some way; the same history gives the same orders. */
final class RandomStrategy implements Strategy {
  private static final List<ExecutionPhase> PHASES = List.of(ExecutionPhase.values());

  private final long seed;
  private final int ordersADay;

  RandomStrategy(long seed, int ordersADay) {
    this.seed = seed;
    this.ordersADay = ordersADay;
  }

  @Override
  public List<PlannedOrder> orders(Panel history, Portfolio portfolio) {
    SplittableRandom random = new SplittableRandom(seed * 31 + history.lastDay().toEpochDay());
    List<PlannedOrder> out = new ArrayList<>();
    List<Symbol> held = new ArrayList<>(portfolio.holdings().keySet());
    for (int k = 0; k < ordersADay; k++) {
      boolean sell = !held.isEmpty() && random.nextBoolean();
      Symbol symbol = sell
          ? held.get(random.nextInt(held.size()))
          : history.symbols().get(random.nextInt(history.symbols().size()));
      out.add(order(random, history, portfolio, symbol, sell));
    }
    return out;
  }

  private static PlannedOrder order(
      SplittableRandom random, Panel history, Portfolio portfolio, Symbol symbol, boolean sell) {
    long held = portfolio.shares(symbol);
    long shares = switch (random.nextInt(4)) {
      case 0 -> random.nextLong(-50, 3000);
      case 1 -> sell ? held : 100 * random.nextLong(1, 500);
      case 2 -> sell ? held / 2 / 100 * 100 : 200;
      default -> 100 * random.nextLong(0, 30);
    };
    ExecutionPhase phase = PHASES.get(random.nextInt(PHASES.size()));
    PlannedOrder order =
        PlannedOrder.of(symbol, sell ? Side.SELL : Side.BUY, shares, "random").in(phase);
    double close =
        history.value(Field.CLOSE, history.indexOf(symbol), history.days().size() - 1);
    return close > 0 && random.nextInt(3) == 0
        ? order.limit(BigDecimal.valueOf(close * random.nextDouble(0.85, 1.15))
            .setScale(random.nextInt(8) == 0 ? 3 : 2, RoundingMode.HALF_UP))
        : order;
  }
}
