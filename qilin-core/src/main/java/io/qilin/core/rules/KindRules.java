package io.qilin.core.rules;

import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The rules of each kind of share on each day of a panel, looked up once. Safe to share between threads: who comes second
 * may look up again.
 */
final class KindRules {
  private static final int WARNINGS = RiskWarning.values().length;
  private static final int CASES = LimitCase.values().length;
  /** Kinds of shares with rules of their own. */
  private static final int KINDS = Board.values().length * WARNINGS * CASES;

  private final MarketRuleBook book;
  private final List<LocalDate> days;
  private final AtomicReferenceArray<Optional<BoardRules>> found;

  KindRules(MarketRuleBook book, List<LocalDate> days) {
    this.book = book;
    this.days = days;
    this.found = new AtomicReferenceArray<>(days.size() * KINDS);
  }

  /** The rules of a day, by its index; empty where the book has none. */
  @SuppressWarnings("EnumOrdinal") // places in a table that lives no longer than this object
  Optional<BoardRules> on(int day, Board board, RiskWarning warning, LimitCase limitCase) {
    int kind = (board.ordinal() * WARNINGS + warning.ordinal()) * CASES + limitCase.ordinal();
    int at = kind * days.size() + day;
    Optional<BoardRules> known = found.get(at);
    if (known == null) {
      known = find(days.get(day), board, warning, limitCase);
      found.set(at, known);
    }
    return known;
  }

  private Optional<BoardRules> find(
      LocalDate date, Board board, RiskWarning warning, LimitCase limitCase) {
    return date.isBefore(book.firstDay())
        ? Optional.empty()
        : book.at(date).findOrOrdinary(board, warning, limitCase);
  }
}
