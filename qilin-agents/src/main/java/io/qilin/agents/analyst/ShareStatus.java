package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitEvent;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.util.Optional;

/** What the snapshot knows about one share beside its bars. */
final class ShareStatus {
  private final MarketSnapshot snapshot;
  private final Symbol symbol;

  ShareStatus(MarketSnapshot snapshot, Symbol symbol) {
    this.snapshot = snapshot;
    this.symbol = symbol;
  }

  Optional<SecurityStatus> on(LocalDate day) {
    return Optional.ofNullable(snapshot.securities().get(symbol))
        .flatMap(timeline -> timeline.on(day));
  }

  /** Free-float shares on a day, {@code NaN} if not known. */
  double floatShares(LocalDate day) {
    return on(day)
        .filter(status -> status.freeFloatShares().isPresent())
        .map(status -> (double) status.freeFloatShares().getAsLong())
        .orElse(Double.NaN);
  }

  /**
   * The rules of a day; without a known warning those of an ordinary share; empty where the book
   * has none.
   */
  Optional<BoardRules> rule(LocalDate day) {
    MarketRuleBook book = MarketRuleBook.aShare();
    return day.isBefore(book.firstDay()) ? Optional.empty() : book.at(day).ruleOf(symbol, on(day));
  }

  /** Which day of its listing the day after the snapshot is; 0 if long ago or not known. */
  int nextListingDay() {
    return on(snapshot.day())
        .flatMap(SecurityStatus::listDate)
        .filter(listed -> !listed.isAfter(snapshot.day()))
        .map(listed -> LimitEvent.sessionSince(listed, snapshot.raw().days()))
        .orElse(0);
  }
}
