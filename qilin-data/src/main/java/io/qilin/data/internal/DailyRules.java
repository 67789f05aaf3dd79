package io.qilin.data.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitCase;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of every day of a span, each looked up once, for loops over many rows. Not safe for use by several threads.
 */
public final class DailyRules {
  private final MarketRuleBook book;
  private final List<LocalDate> days;
  private final List<Map<Board, Map<RiskWarning, Optional<BoardRules>>>> known;

  /**
   * The rules of a span.
   *
   * @param days the days; the index into them names a day below
   */
  public DailyRules(MarketRuleBook book, List<LocalDate> days) {
    this.book = book;
    this.days = days;
    this.known = days.stream().map(day -> emptyMap()).toList();
  }

  /**
   * The rules of a board on a day, those with the widest price limit where the rule book knows several: a fund is taken
   * for one that tracks growth shares.
   *
   * @return empty before the rule book begins, before the board opened, and for a warning that did not exist yet
   */
  public Optional<BoardRules> find(int day, Board board, RiskWarning warning) {
    return known
        .get(day)
        .computeIfAbsent(board, b -> new EnumMap<>(RiskWarning.class))
        .computeIfAbsent(warning, w -> lookUp(days.get(day), board, w));
  }

  private static Map<Board, Map<RiskWarning, Optional<BoardRules>>> emptyMap() {
    return new EnumMap<>(Board.class);
  }

  private Optional<BoardRules> lookUp(LocalDate day, Board board, RiskWarning warning) {
    if (day.isBefore(book.firstDay()) || day.isBefore(book.opened(board))) {
      return Optional.empty();
    }
    boolean fund = board == Board.SSE_FUND || board == Board.SZSE_FUND;
    Optional<BoardRules> widest = fund ? find(day, board, warning, LimitCase.GROWTH_FUND) : Optional.empty();
    return widest.or(() -> find(day, board, warning, LimitCase.ORDINARY));
  }

  private Optional<BoardRules> find(LocalDate day, Board board, RiskWarning warning, LimitCase limitCase) {
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
