package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.DatedRules;
import io.qilin.core.rules.PriceLimits;
import io.qilin.core.rules.ReferencePrice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * With what a share goes into the session after the snapshot's day: the exchange's reference price,
 * ex-right where a corporate action is announced for the session, and the limits that follow.
 *
 * @param reference yuan per share; {@code NaN} if announcements contradict each other
 * @param limits the session's limits; empty if there are none or they are not known
 */
record SessionOpening(double reference, Optional<PriceLimits> limits) {
  /**
   * How a share goes into a session.
   *
   * @param book the rules of the session; empty before the first day of the rule book
   */
  static SessionOpening of(
      MarketSnapshot snapshot, int instrument, LocalDate session, Optional<DatedRules> book) {
    Symbol symbol = snapshot.raw().symbols().get(instrument);
    double close =
        snapshot.raw().value(Field.CLOSE, instrument, snapshot.raw().days().size() - 1);
    ShareStatus status = new ShareStatus(snapshot, symbol);
    Optional<BoardRules> rules = book.flatMap(found -> found.ruleOf(symbol, status.on(session)));
    double reference = reference(snapshot, symbol, session, close, rules);
    boolean usual = reference >= 0.01 && reference < 1e9;
    return new SessionOpening(
        reference,
        usual
            ? rules.flatMap(found -> found.limits(reference, status.nextListingDay()))
            : Optional.empty());
  }

  private static double reference(
      MarketSnapshot snapshot,
      Symbol symbol,
      LocalDate session,
      double close,
      Optional<BoardRules> rules) {
    List<CorporateActionNotice> all = snapshot.records().of(CorporateActionNotice.class, symbol);
    List<CorporateActionNotice> notices = all.isEmpty()
        ? all
        : all.stream()
            .filter(notice -> notice.action().exDate().equals(session))
            .toList();
    if (notices.isEmpty()) {
      return close;
    }
    try {
      BigDecimal price = BigDecimal.valueOf(close);
      long tick = rules.map(BoardRules::tickMills).orElse(10L);
      for (CorporateAction action : CorporateActionNotice.actions(notices)) {
        price = new ReferencePrice(
                action.cashPerShare(),
                action.bonusRatio(),
                action.rightsRatio(),
                action.rightsPrice())
            .after(price, tick);
      }
      return price.doubleValue();
    } catch (QilinException contradictory) {
      return Double.NaN;
    }
  }
}
