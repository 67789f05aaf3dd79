package io.qilin.api.risk;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Portfolio;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a risk rule may look at when it judges an order for the next session.
 *
 * @param session the trading day for which the order is meant
 * @param history raw prices up to the last day before the session
 * @param securities what the codes stand for, as far as known
 * @param portfolio what the account owns
 */
public record RiskContext(
    LocalDate session,
    Panel history,
    Map<Symbol, SecurityTimeline> securities,
    Portfolio portfolio) {
  /**
   * Copies the map, sorted by symbol.
   *
   * @throws QilinException INVALID_ARGUMENT unless the history is raw and ends before the session
   */
  public RiskContext {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(portfolio, "portfolio");
    securities = Collections.unmodifiableMap(new TreeMap<>(securities));
    if (history.adjustment() != Adjustment.RAW) {
      throw QilinException.invalid("risk rules need raw prices, got " + history.adjustment());
    }
    if (!history.lastDay().isBefore(session)) {
      throw QilinException.invalid("the history must end before the session " + session
          + ", but ends on " + history.lastDay());
    }
  }
}
