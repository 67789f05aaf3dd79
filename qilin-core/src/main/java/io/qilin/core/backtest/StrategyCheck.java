package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.factor.LookAheadCheck;
import io.qilin.core.factor.LookAheadReport;
import io.qilin.core.portfolio.LastPrice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Proves by trial that a strategy does not know the future: on random days the future is taken
 * away, then altered at random, and the orders of the day must come out the same, in the same
 * order. See {@link LookAheadCheck}, which does it for factors.
 *
 * <p>A strategy is handed the days up to its own only; what it could know of later ones it must
 * hold from when it was made, such as scores or a panel. So the check makes it anew from each panel,
 * by a factory. A strategy that holds the future without the factory's doing cannot be caught.
 *
 * <p>The strategy is asked with an account of cash only and with one that holds every third share.
 */
public final class StrategyCheck {
  private static final Money CASH = Money.ofFen(1_000_000_000);
  private static final long HELD = 1000;
  private static final Money COST = Money.ofFen(1_000_000);

  private final Function<Panel, Strategy> factory;
  private final BiFunction<Panel, LocalDate, List<Portfolio>> accounts;

  private StrategyCheck(
      Function<Panel, Strategy> factory, BiFunction<Panel, LocalDate, List<Portfolio>> accounts) {
    this.factory = factory;
    this.accounts = accounts;
  }

  /**
   * A check of a strategy.
   *
   * @param factory makes it from all the data that there is: a panel that may go on after the day
   *     of a decision, from which it computes its scores, say
   */
  public static StrategyCheck of(Function<Panel, Strategy> factory) {
    return new StrategyCheck(
        Objects.requireNonNull(factory, "factory"), StrategyCheck::standardAccounts);
  }

  /** The same with other accounts, made from the history up to a day. */
  public StrategyCheck accounts(BiFunction<Panel, LocalDate, List<Portfolio>> others) {
    return new StrategyCheck(factory, Objects.requireNonNull(others, "accounts"));
  }

  /**
   * Runs the check. A look at {@link LookAheadReport#compared()} tells whether there were orders to
   * compare.
   *
   * @param panel the true market, raw prices, two days or more
   * @param seed decides where to cut and how to alter
   * @param cuts how many cuts, at least 1; all days but the last if there are fewer
   * @throws QilinException INVALID_ARGUMENT for no cut or a panel of one day; otherwise what the
   *     strategy throws with the true future. What it throws with another one is a difference.
   */
  public LookAheadReport run(Panel panel, long seed, int cuts) {
    return LookAheadCheck.values(
            "orders", "no order", (market, day) -> decisions(market, day, panel))
        .run(panel, seed, cuts);
  }

  private Map<Symbol, List<String>> decisions(Panel market, LocalDate day, Panel whole) {
    Map<Symbol, List<String>> out = new TreeMap<>();
    try {
      Strategy strategy = factory.apply(market);
      Panel history = market.until(day);
      List<Portfolio> portfolios = accounts.apply(history, day);
      for (int account = 0; account < portfolios.size(); account++) {
        List<PlannedOrder> orders = strategy.orders(history, portfolios.get(account));
        for (int place = 0; place < orders.size(); place++) {
          PlannedOrder order = orders.get(place);
          note(
              out,
              order.symbol(),
              "account " + account + ", order " + (place + 1) + ": " + order + ", "
                  + order.reason());
        }
      }
    } catch (RuntimeException e) {
      if (market == whole) {
        throw e;
      }
      note(out, whole.symbols().get(0), "fails with " + e);
    }
    return out;
  }

  private static void note(Map<Symbol, List<String>> to, Symbol symbol, String text) {
    to.computeIfAbsent(symbol, s -> new ArrayList<>()).add(text);
  }

  private static List<Portfolio> standardAccounts(Panel history, LocalDate day) {
    Map<Symbol, List<Holding>> holdings = new TreeMap<>();
    for (int i = 0; i < history.symbols().size(); i += 3) {
      Symbol symbol = history.symbols().get(i);
      if (LastPrice.of(history, symbol).isPresent()) {
        holdings.put(symbol, List.of(new Holding(HELD, COST, day)));
      }
    }
    return List.of(Portfolio.ofCash(CASH), new Portfolio(CASH, holdings));
  }
}
