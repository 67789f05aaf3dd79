package io.qilin.api.trading;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an account owns at one moment. Immutable.
 *
 * @param cash money that can buy today, not negative
 * @param holdings tax lots by share; a share without lots is left out
 */
public record Portfolio(Money cash, Map<Symbol, List<Holding>> holdings) {
  /**
   * Copies the map, sorted by symbol.
   *
   * @throws QilinException INVALID_ARGUMENT if cash is negative, or a share's lots are more than a long can count
   */
  public Portfolio {
    Objects.requireNonNull(cash, "cash");
    if (cash.isNegative()) {
      throw QilinException.invalid("cash must not be negative, was " + cash);
    }
    Map<Symbol, List<Holding>> copy = new TreeMap<>();
    holdings.forEach((symbol, lots) -> {
      if (!lots.isEmpty()) {
        copy.put(symbol, List.copyOf(lots));
        checkTotal(symbol, lots);
      }
    });
    holdings = Collections.unmodifiableMap(copy);
  }

  private static void checkTotal(Symbol symbol, List<Holding> lots) {
    long total = 0;
    for (Holding lot : lots) {
      if (lot.shares() > Long.MAX_VALUE - total) {
        throw QilinException.invalid(
            "the lots of " + symbol + " add up to more than " + Long.MAX_VALUE);
      }
      total += lot.shares();
    }
  }

  /** An account that holds only money. */
  public static Portfolio ofCash(Money cash) {
    return new Portfolio(cash, Map.of());
  }

  /** Shares held. */
  public long shares(Symbol symbol) {
    long sum = 0;
    for (Holding lot : holdings.getOrDefault(symbol, List.of())) {
      sum += lot.shares();
    }
    return sum;
  }

  /** Shares that may be sold on the day. */
  public long sellable(Symbol symbol, LocalDate day) {
    long sum = 0;
    for (Holding lot : holdings.getOrDefault(symbol, List.of())) {
      sum += lot.sellableFrom().isAfter(day) ? 0 : lot.shares();
    }
    return sum;
  }
}
