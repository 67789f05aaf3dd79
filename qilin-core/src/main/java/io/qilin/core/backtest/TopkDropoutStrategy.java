package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * {@link TopkDropout} as a strategy for the exact A-share rules: decided at the close, sent in the
 * next session. What cannot be known at the close is left to the exchange: a share that cannot be
 * traded the next day keeps its place, its order is refused, and its cash stays.
 *
 * <p>A position is sold whole. The purchases of a day share {@code riskDegree × (cash + positions
 * for sale at their last close)} equally; fees are not taken off, for which {@code riskDegree}
 * leaves room. Each is floored to what the share's board takes at the last close, and an order
 * larger than the board's largest is split, into a hundred parts at most. A share of no mainland
 * board is bought in whole shares. A share to buy that never had a close, or whose part of the cash
 * does not pay for the smallest order, is left out.
 *
 * <p>{@code NaN} means no score: such a share is not bought, and a holding without score ranks
 * last. On a day without any score nothing is ordered, as in Qlib. With {@code onlyTradable} a
 * share counts as tradable if it traded on the last day. A position has been held for as many
 * trading days as Qlib would count: 1 at the close of the day of the purchase, which is the day
 * before its oldest lot's {@code sellableFrom}.
 *
 * <p>Deterministic and without state; safe to share if the signal is.
 */
public final class TopkDropoutStrategy implements Strategy {
  private final TopkDropout rule;
  private final Signal signal;

  TopkDropoutStrategy(TopkDropout rule, Signal signal) {
    this.rule = rule;
    this.signal = Objects.requireNonNull(signal, "signal");
  }

  /** The rule. */
  public TopkDropout rule() {
    return rule;
  }

  /**
   * The orders of the next session, sales first.
   *
   * @throws QilinException INVALID_ARGUMENT if the prices are not raw, or the signal does not give
   *     one score a share
   */
  @Override
  public List<PlannedOrder> orders(Panel history, Portfolio portfolio) {
    if (history.adjustment() != Adjustment.RAW) {
      throw QilinException.invalid("orders are sized at raw prices, but the history's are "
          + history.adjustment() + "; hand in history.withAdjustment(RAW)");
    }
    double[] scores = SignalRows.checked(signal.scores(history), history);
    if (SignalRows.allUnknown(scores)) {
      return List.of();
    }
    return new Day(history, portfolio, scores).orders();
  }

  @Override
  public String toString() {
    return rule + " on " + signal;
  }

  /** One decision. */
  private final class Day {
    private final Panel history;
    private final Portfolio portfolio;
    private final List<Symbol> symbols;
    private final TopkChoice choice;
    private final OrderSizes sizes;

    Day(Panel history, Portfolio portfolio, double[] scores) {
      this.history = history;
      this.portfolio = portfolio;
      symbols = withHoldings(history.symbols(), portfolio);
      double[] all = symbols.size() == scores.length
          ? scores
          : SignalRows.spread(history.symbols(), scores, symbols);
      int[] held = portfolio.holdings().keySet().stream()
          .mapToInt(symbol -> Collections.binarySearch(symbols, symbol))
          .toArray();
      choice = new TopkChoice(
          rule, all, place -> !Double.isNaN(all[place]), held, this::tradedOnLastDay);
      sizes = OrderSizes.on(history.lastDay());
    }

    List<PlannedOrder> orders() {
      List<PlannedOrder> orders = new ArrayList<>();
      BigDecimal cash = portfolio.cash().yuan();
      for (int place : choice.sell()) {
        Symbol symbol = symbols.get(place);
        if (daysHeld(symbol) >= rule.holdThreshold()) {
          long shares = portfolio.shares(symbol);
          cash = cash.add(lastClose(symbol).multiply(BigDecimal.valueOf(shares)));
          String reason =
              rankOf(place) + " fell out of the top " + rule.topk() + " + " + rule.nDrop();
          sizes
              .sales(symbol, shares)
              .forEach(size -> orders.add(order(symbol, Side.SELL, size, reason)));
        }
      }
      if (choice.buy().length > 0) {
        buy(budget(cash), orders);
      }
      return orders;
    }

    private BigDecimal budget(BigDecimal cash) {
      return cash.multiply(BigDecimal.valueOf(rule.riskDegree()))
          .divide(BigDecimal.valueOf(choice.buy().length), 2, RoundingMode.DOWN);
    }

    private void buy(BigDecimal budget, List<PlannedOrder> orders) {
      for (int place : choice.buy()) {
        Symbol symbol = symbols.get(place);
        BigDecimal price = lastClose(symbol);
        if (price.signum() > 0) {
          String reason = rankOf(place) + " is the best not held; " + budget.toPlainString()
              + " yuan at the last close " + price.toPlainString();
          sizes
              .purchases(symbol, budget.divide(price, 0, RoundingMode.DOWN))
              .forEach(size -> orders.add(order(symbol, Side.BUY, size, reason)));
        }
      }
    }

    private PlannedOrder order(Symbol symbol, Side side, long shares, String reason) {
      return PlannedOrder.of(symbol, side, shares, reason).in(rule.phase());
    }

    private String rankOf(int place) {
      return "rank " + choice.rank(place) + " of " + choice.ranked();
    }

    private int daysHeld(Symbol symbol) {
      LocalDate sellable = portfolio.holdings().getOrDefault(symbol, List.of()).stream()
          .map(Holding::sellableFrom)
          .min(LocalDate::compareTo)
          .orElseThrow(() -> QilinException.invalid(symbol + " is not held"));
      int from = Collections.binarySearch(history.days(), sellable);
      return 1 + history.days().size() - (from >= 0 ? from : -from - 1);
    }

    private boolean tradedOnLastDay(int place) {
      return history
          .find(symbols.get(place))
          .filter(
              at -> !Double.isNaN(history.value(Field.CLOSE, at, history.days().size() - 1)))
          .isPresent();
    }

    /** The last close in raw yuan; 0 if there never was one. */
    private BigDecimal lastClose(Symbol symbol) {
      return history.find(symbol).map(this::lastClose).orElse(BigDecimal.ZERO);
    }

    private BigDecimal lastClose(int instrument) {
      for (int day = history.endRow(instrument) - 1; day >= history.firstRow(instrument); day--) {
        double close = history.value(Field.CLOSE, instrument, day);
        if (close > 0 && close < Double.POSITIVE_INFINITY) {
          return BigDecimal.valueOf(close);
        }
      }
      return BigDecimal.ZERO;
    }
  }

  private static List<Symbol> withHoldings(List<Symbol> symbols, Portfolio portfolio) {
    if (portfolio.holdings().keySet().stream()
        .allMatch(held -> Collections.binarySearch(symbols, held) >= 0)) {
      return symbols;
    }
    TreeSet<Symbol> all = new TreeSet<>(symbols);
    all.addAll(portfolio.holdings().keySet());
    return List.copyOf(all);
  }
}
