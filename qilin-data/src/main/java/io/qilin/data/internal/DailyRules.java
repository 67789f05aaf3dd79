package io.qilin.data.internal;

import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitCase;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of every day of a span, each looked up once, for loops over many rows. Not safe for use by several threads.
 */
public final class DailyRules {
  private static final int WARNINGS = RiskWarning.values().length;
  private static final int CASES = LimitCase.values().length;
  private static final int KINDS = Board.values().length * WARNINGS * CASES;

  private final MarketRuleBook book;
  private final List<LocalDate> days;
  /** By day, board, warning and case; null where not looked up yet. */
  private final @Nullable Optional<BoardRules>[] known;

  /**
   * The rules of a span.
   *
   * @param days the days; the index into them names a day below
   */
  public DailyRules(MarketRuleBook book, List<LocalDate> days) {
    this.book = book;
    this.days = days;
    this.known = emptyTable(days.size() * KINDS);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable Optional<BoardRules>[] emptyTable(int size) {
    return new Optional[size];
  }

  /**
   * The rules of an ordinary share or fund, those with the widest price limit where the rule book knows several: a fund is
   * taken for one that tracks growth shares.
   *
   * @return empty before the rule book begins, before the board opened, and for a warning that did not exist yet
   */
  public Optional<BoardRules> find(int day, Board board, RiskWarning warning) {
    return find(day, board, warning, LimitCase.ORDINARY);
  }

  /** The same, of a share or fund whose case is known. */
  @SuppressWarnings("EnumOrdinal") // places in a table that lives no longer than this object
  public Optional<BoardRules> find(int day, Board board, RiskWarning warning, LimitCase limitCase) {
    int kind = (board.ordinal() * WARNINGS + warning.ordinal()) * CASES + limitCase.ordinal();
    int at = day * KINDS + kind;
    Optional<BoardRules> rules = known[at];
    if (rules == null) {
      rules = lookUp(days.get(day), board, warning, limitCase);
      known[at] = rules;
    }
    return rules;
  }

  private Optional<BoardRules> lookUp(
      LocalDate day, Board board, RiskWarning warning, LimitCase limitCase) {
    LimitCase widest = limitCase == LimitCase.ORDINARY ? LimitCase.GROWTH_FUND : limitCase;
    return day.isBefore(book.firstDay())
        ? Optional.empty()
        : book.at(day).findOrOrdinary(board, warning, widest);
  }
}
