package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.util.List;
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
    Optional<Board> board =
        on(day).map(SecurityStatus::board).or(() -> MarketRuleBook.boardOf(symbol));
    RiskWarning warning = on(day).map(SecurityStatus::riskWarning).orElse(RiskWarning.NONE);
    if (board.isEmpty() || day.isBefore(MarketRuleBook.aShare().firstDay())) {
      return Optional.empty();
    }
    try {
      return Optional.of(MarketRuleBook.aShare().at(day).rule(board.get(), warning));
    } catch (QilinException e) {
      // The board had not opened yet, or knew no such warning: then there is no rule to judge by.
      return Optional.empty();
    }
  }

  /** Which day of its listing the day after the snapshot is; 0 if long ago or not known. */
  int nextListingDay() {
    Optional<LocalDate> listed = on(snapshot.day()).flatMap(SecurityStatus::listDate);
    List<LocalDate> days = snapshot.raw().days();
    if (listed.isEmpty() || listed.get().isBefore(days.get(0))) {
      return 0;
    }
    return (int) days.stream().filter(day -> !day.isBefore(listed.get())).count() + 1;
  }
}
