package io.qilin.data.demo;

import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.DatedRules;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of every day of a span, looked up once. Not safe for use by several threads. */
final class RuleTable {
  private static final int WARNINGS = RiskWarning.values().length;
  private static final int CASES = Board.values().length * WARNINGS;

  private final DatedRules[] days;
  private final @Nullable BoardRules[] known;

  RuleTable(MarketRuleBook book, List<LocalDate> days) {
    this.days = days.stream().map(book::at).toArray(DatedRules[]::new);
    this.known = new BoardRules[days.size() * CASES];
  }

  /** The rules of a board on a day. */
  BoardRules rule(int day, Board board, RiskWarning warning) {
    int at = day * CASES + board.ordinal() * WARNINGS + warning.ordinal();
    BoardRules rule = known[at];
    if (rule == null) {
      rule = days[day].rule(board, warning);
      known[at] = rule;
    }
    return rule;
  }
}
