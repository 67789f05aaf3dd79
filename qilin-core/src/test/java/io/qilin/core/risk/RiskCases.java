package io.qilin.core.risk;

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
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.Panels;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A small market before the session of 2024-02-06: 25 weekdays at a close of 10.00 and a volume of
 * a million shares. The share {@link #SUSPENDED} did not trade on the last day.
 */
final class RiskCases {
  static final Symbol MAIN = Symbol.parse("600000.SH");
  static final Symbol OTHER = Symbol.parse("600036.SH");
  static final Symbol CHINEXT = Symbol.parse("300001.SZ");
  static final Symbol STAR = Symbol.parse("688001.SH");
  static final Symbol ST = Symbol.parse("600001.SH");
  static final Symbol SUSPENDED = Symbol.parse("600002.SH");
  static final Symbol UNKNOWN_STATUS = Symbol.parse("600003.SH");
  static final Symbol INDEX = Symbol.parse("000300.SH");
  static final Symbol BEIJING = Symbol.parse("920002.BJ");
  static final Symbol NEW = Symbol.parse("600004.SH");
  static final Symbol UNREFORMED = Symbol.parse("600182.SH");
  static final Symbol DELISTED = Symbol.parse("600005.SH");

  static final List<LocalDate> DAYS = Panels.weekdays(Panels.FIRST_DAY, 25);
  static final LocalDate SESSION = DAYS.get(24).plusDays(1);
  static final Panel HISTORY = history();
  static final Map<Symbol, SecurityTimeline> SECURITIES = securities();

  private RiskCases() {}

  private static Panel history() {
    Panel.Builder builder = Panel.builder(DAYS, Adjustment.RAW);
    for (Symbol symbol : List.of(
        MAIN,
        OTHER,
        CHINEXT,
        STAR,
        ST,
        SUSPENDED,
        UNKNOWN_STATUS,
        INDEX,
        BEIJING,
        NEW,
        UNREFORMED,
        DELISTED)) {
      int from = symbol.equals(NEW) ? 23 : 0;
      double[] close = new double[25 - from];
      double[] volume = new double[25 - from];
      Arrays.fill(close, 10.0);
      Arrays.fill(volume, 1_000_000);
      if (symbol.equals(SUSPENDED)) {
        volume[24] = 0;
      }
      builder.column(symbol, Field.CLOSE, from, close).column(symbol, Field.VOLUME, from, volume);
    }
    return builder.build();
  }

  private static Map<Symbol, SecurityTimeline> securities() {
    Map<Symbol, SecurityTimeline> out = new TreeMap<>();
    for (Symbol symbol :
        List.of(MAIN, OTHER, CHINEXT, STAR, ST, SUSPENDED, BEIJING, NEW, UNREFORMED, DELISTED)) {
      RiskWarning warning = symbol.equals(ST)
          ? RiskWarning.ST
          : symbol.equals(DELISTED) ? RiskWarning.DELISTING : RiskWarning.NONE;
      LocalDate listed = symbol.equals(NEW) ? DAYS.get(23) : LocalDate.of(2010, 1, 4);
      String name = symbol.equals(UNREFORMED) ? "S佳通" : "name";
      Board board = MarketRuleBook.boardOf(symbol).orElseThrow();
      out.put(
          symbol,
          SecurityTimeline.of(List.of(new SecurityStatus(
              symbol, listed, board, name, warning, Optional.of(listed), OptionalLong.empty()))));
    }
    return out;
  }

  static Order buy(Symbol symbol, String price, long shares) {
    return new Order(symbol, Side.BUY, new BigDecimal(price), shares);
  }

  static Order sell(Symbol symbol, String price, long shares) {
    return new Order(symbol, Side.SELL, new BigDecimal(price), shares);
  }

  /** An account with a million yuan. */
  static RiskContext cash() {
    return cash("1000000");
  }

  static RiskContext cash(String yuan) {
    return context(Portfolio.ofCash(Money.parse(yuan)));
  }

  static RiskContext context(Portfolio portfolio) {
    return new RiskContext(SESSION, HISTORY, SECURITIES, portfolio);
  }

  /** Cash, and shares that cost 10.00 each and may be sold. */
  static Portfolio with(String cash, Map<Symbol, Long> shares) {
    Map<Symbol, List<Holding>> holdings = new TreeMap<>();
    shares.forEach((symbol, count) ->
        holdings.put(symbol, List.of(new Holding(count, Money.ofFen(1000 * count), DAYS.get(10)))));
    return new Portfolio(Money.parse(cash), holdings);
  }
}
