package io.qilin.benchmarks;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import io.qilin.core.risk.ExtremeMove;
import io.qilin.core.risk.IntradayMove;
import io.qilin.core.risk.KillSwitch;
import io.qilin.core.risk.MarketBreaker;
import io.qilin.core.risk.MarketDay;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskRules;
import io.qilin.core.risk.RiskSettings;
import io.qilin.core.risk.SessionRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A made-up account of many positions with a year of history, and orders for its shares. */
final class RiskAccount {
  private static final int DAYS = 260;
  private static final LocalDate FIRST = LocalDate.of(2023, 1, 2);
  private static final long SHARES = 1_000;
  private static final int SECTORS = 30;

  private final RiskContext context;
  private final Map<Symbol, String> sectors;

  private RiskAccount(RiskContext context, Map<Symbol, String> sectors) {
    this.context = context;
    this.sectors = sectors;
  }

  /** An account in which every share of a market is held. */
  static RiskAccount of(int positions) {
    SplittableRandom random = new SplittableRandom(1);
    List<LocalDate> days = FIRST.datesUntil(FIRST.plusDays(DAYS)).toList();
    Panel.Builder panel = Panel.builder(days, Adjustment.RAW);
    Map<Symbol, SecurityTimeline> securities = new TreeMap<>();
    Map<Symbol, List<Holding>> holdings = new TreeMap<>();
    Map<Symbol, String> sectors = new TreeMap<>();
    for (int i = 0; i < positions; i++) {
      Symbol symbol = Symbol.parse(String.valueOf(600000 + i) + ".SH");
      double[] close = new double[DAYS];
      double price = 10;
      for (int d = 0; d < DAYS; d++) {
        price = Math.max(1, price * (1 + 0.04 * (random.nextDouble() - 0.5)));
        close[d] = Math.rint(price * 100) / 100;
      }
      panel
          .column(symbol, Field.CLOSE, 0, close)
          .column(symbol, Field.VOLUME, 0, constant(2_000_000))
          .column(symbol, Field.FACTOR, 0, constant(1));
      securities.put(symbol, status(symbol));
      holdings.put(symbol, List.of(new Holding(SHARES, Money.ofFen(1_000_000), days.get(10))));
      sectors.put(symbol, "sector " + i % SECTORS);
    }
    Portfolio portfolio = new Portfolio(Money.ofFen(1_000_000L * positions), holdings);
    RiskContext context =
        new RiskContext(FIRST.plusDays(DAYS), panel.build(), securities, portfolio);
    return new RiskAccount(context, sectors);
  }

  private static double[] constant(double value) {
    double[] out = new double[DAYS];
    Arrays.fill(out, value);
    return out;
  }

  private static SecurityTimeline status(Symbol symbol) {
    LocalDate listed = LocalDate.of(2010, 1, 4);
    return SecurityTimeline.of(List.of(new SecurityStatus(
        symbol,
        listed,
        Board.SSE_MAIN,
        symbol.code(),
        RiskWarning.NONE,
        Optional.of(listed),
        OptionalLong.of(100_000_000))));
  }

  RiskContext context() {
    return context;
  }

  /** All rules there are but the expected shortfall: 24. */
  RiskGate gate() {
    RiskSettings settings = RiskSettings.moderate().toBuilder()
        .continuous(true)
        .drawdown(0.9)
        .dailyLoss(0.9)
        .dayStart(Money.ofFen(1_000_000))
        .sectors(sectors)
        .build();
    MarketDay day = new MarketDay(0, 0, 0.02, 0.01, OptionalDouble.empty(), 0, 0, 0);
    Optional<IntradayMove> move = Optional.of(new IntradayMove(0.01, 0, 0.01, 0.01));
    List<SessionRule> rules = new ArrayList<>(RiskRules.full(settings, new KillSwitch()));
    rules.add(RiskRules.marketBreaker(MarketBreaker.DEFAULT, () -> day));
    rules.add(RiskRules.extremeMove(ExtremeMove.DEFAULT, symbol -> move));
    return RiskGate.of(rules);
  }

  /** Two buys and a sale by turns, at the last close. */
  List<Order> orders() {
    List<Order> out = new ArrayList<>();
    Panel history = context.history();
    for (int i = 0; i < history.symbols().size(); i++) {
      BigDecimal price = BigDecimal.valueOf(history.value(Field.CLOSE, i, DAYS - 1))
          .setScale(2, RoundingMode.HALF_UP);
      Side side = i % 3 == 2 ? Side.SELL : Side.BUY;
      out.add(new Order(history.symbols().get(i), side, price, 100));
    }
    return List.copyOf(out);
  }
}
