package io.qilin.agents.desk;

import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Portfolio;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A portfolio as named texts: cash, and holdings as {@code SYMBOL SHARES COST SELLABLE_FROM}
 * separated by semicolons.
 */
final class PortfolioText {
  private static final String CASH = "portfolio.cash";
  private static final String HOLDINGS = "portfolio.holdings";

  private PortfolioText() {}

  static SortedMap<String, String> write(Portfolio portfolio) {
    List<String> lots = new ArrayList<>();
    portfolio
        .holdings()
        .forEach((symbol, holdings) -> holdings.forEach(lot ->
            lots.add(symbol + " " + lot.shares() + " " + lot.cost() + " " + lot.sellableFrom())));
    SortedMap<String, String> out = new TreeMap<>();
    out.put(CASH, portfolio.cash().toString());
    out.put(HOLDINGS, String.join(";", lots));
    return out;
  }

  static Portfolio read(Map<String, String> texts) {
    Map<Symbol, List<Holding>> holdings = SettingsText.read(texts, HOLDINGS, text -> {
      Map<Symbol, List<Holding>> out = new TreeMap<>();
      for (String part : SettingsText.parts(text, ";")) {
        String[] words = part.split(" ", -1);
        out.computeIfAbsent(Symbol.parseAny(words[0]), symbol -> new ArrayList<>())
            .add(new Holding(
                Long.parseLong(words[1]), Money.parse(words[2]), LocalDate.parse(words[3])));
      }
      return out;
    });
    return SettingsText.read(texts, CASH, text -> new Portfolio(Money.parse(text), holdings));
  }
}
