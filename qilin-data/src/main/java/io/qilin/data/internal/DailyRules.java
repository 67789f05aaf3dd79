package io.qilin.data.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
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
  private static final int BOARDS = Board.values().length;
  private static final int WARNINGS = RiskWarning.values().length;

  private final MarketRuleBook book;
  private final List<LocalDate> days;
  /** By day, board and warning; null where not looked up yet. */
  private final @Nullable Optional<BoardRules>[] known;

  /**
   * The rules of a span.
   *
   * @param days the days; the index into them names a day below
   */
  public DailyRules(MarketRuleBook book, List<LocalDate> days) {
    this.book = book;
    this.days = days;
    this.known = emptyTable(days.size() * BOARDS * WARNINGS);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable Optional<BoardRules>[] emptyTable(int size) {
    return new Optional[size];
  }

  /**
   * The rules of a board on a day, those with the widest price limit where the rule book knows several: a fund is taken
   * for one that tracks growth shares.
   *
   * @return empty before the rule book begins, before the board opened, and for a warning that did not exist yet
   */
  @SuppressWarnings("EnumOrdinal") // places in a table that lives no longer than this object
  public Optional<BoardRules> find(int day, Board board, RiskWarning warning) {
    int at = (day * BOARDS + board.ordinal()) * WARNINGS + warning.ordinal();
    Optional<BoardRules> rules = known[at];
    if (rules == null) {
      rules = lookUp(days.get(day), board, warning);
      known[at] = rules;
    }
    return rules;
  }

  private Optional<BoardRules> lookUp(LocalDate day, Board board, RiskWarning warning) {
    if (day.isBefore(book.firstDay()) || day.isBefore(book.opened(board))) {
      return Optional.empty();
    }
    boolean fund = board == Board.SSE_FUND || board == Board.SZSE_FUND;
    Optional<BoardRules> widest =
        fund ? find(day, board, warning, LimitCase.GROWTH_FUND) : Optional.empty();
    return widest.or(() -> find(day, board, warning, LimitCase.ORDINARY));
  }

  private Optional<BoardRules> find(
      LocalDate day, Board board, RiskWarning warning, LimitCase limitCase) {
    try {
      return Optional.of(book.at(day).rule(board, warning, limitCase));
    } catch (QilinException e) {
      if (e.code() != ErrorCode.DATE_OUT_OF_RANGE) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
