package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.risk.RiskContext;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What the rules must know of one share before a session. What is not known is an error, which the gate makes a veto. */
final class ShareFacts {
  private final Symbol symbol;
  private final RiskContext context;
  private final Panel history;

  ShareFacts(Symbol symbol, RiskContext context) {
    this.symbol = symbol;
    this.context = context;
    this.history = context.history();
  }

  Optional<SecurityStatus> status() {
    return Optional.ofNullable(context.securities().get(symbol))
        .flatMap(timeline -> timeline.on(context.session()));
  }

  Optional<Board> board() {
    return status().map(SecurityStatus::board).or(() -> MarketRuleBook.boardOf(symbol));
  }

  /** The warning; none if the status is not known. */
  RiskWarning warning() {
    return status().map(SecurityStatus::riskWarning).orElse(RiskWarning.NONE);
  }

  Board knownBoard() {
    return board().orElseThrow(() -> new QilinException(
        ErrorCode.ORDER_INVALID, symbol + " is neither an A-share nor a fund; the rule book knows no rule for it"));
  }

  BoardRules rule() {
    return MarketRuleBook.aShare().at(context.session()).rule(knownBoard(), warning());
  }

  /** Which day of its listing the session is; 0 if long ago or not known. */
  int listingDay() {
    Optional<LocalDate> listed = status().flatMap(SecurityStatus::listDate);
    List<LocalDate> days = history.days();
    if (listed.isEmpty() || listed.get().isBefore(days.get(0)) || listed.get().isAfter(context.session())) {
      return 0;
    }
    long before = days.stream().filter(day -> !day.isBefore(listed.get())).count();
    return Math.toIntExact(before) + 1;
  }

  /** Whether it traded on the last day of the history. */
  boolean tradedLastDay() {
    return history.find(symbol).filter(i -> traded(i, history.days().size() - 1)).isPresent();
  }

  /** The last raw close in thousandths of a yuan, suspended days passed over. */
  long closeMills() {
    int i = history.indexOf(symbol);
    for (int d = history.endRow(i) - 1; d >= history.firstRow(i); d--) {
      if (traded(i, d)) {
        return PriceLimits.mills(history.value(Field.CLOSE, i, d));
      }
    }
    throw new QilinException(ErrorCode.DATA_NOT_FOUND, "no close of " + symbol + " is known, so it has no value");
  }

  /**
   * The mean volume of the last days on which it traded.
   *
   * @param days how many to look at, fewer if there are fewer
   * @throws QilinException DATA_NOT_FOUND if no volume is known
   */
  double averageVolume(int days) {
    int i = history.indexOf(symbol);
    double sum = 0;
    int found = 0;
    for (int d = history.endRow(i) - 1; d >= history.firstRow(i) && found < days; d--) {
      double volume = history.value(Field.VOLUME, i, d);
      if (volume > 0 && traded(i, d)) {
        sum += volume;
        found++;
      }
    }
    if (found == 0) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "no volume of " + symbol + " is known");
    }
    return sum / found;
  }

  private boolean traded(int instrument, int day) {
    return history.value(Field.CLOSE, instrument, day) > 0
        && !(history.has(Field.VOLUME) && history.value(Field.VOLUME, instrument, day) <= 0);
  }
}
