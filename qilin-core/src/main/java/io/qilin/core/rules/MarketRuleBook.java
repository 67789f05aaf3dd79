package io.qilin.core.rules;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The trading rules of the mainland Chinese share market as dated data: price limits, ticks, lots,
 * sessions, price cages, fees and settlement, each row with the dates on which it holds and where
 * it comes from.
 *
 * <p>Example: the limits of an ST share on the Shanghai main board are 5 % until 2026-07-03 and 10
 * % from 2026-07-06:
 *
 * <pre>{@code
 * MarketRuleBook.aShare().at(day).rule(Board.SSE_MAIN, RiskWarning.ST).limits(previousClose, 0)
 * }</pre>
 *
 * <p>All price arithmetic is done in whole thousandths of a yuan. Dates are local to Asia/Shanghai.
 * Immutable and safe to share.
 */
public final class MarketRuleBook {
  /** The ten-percent price limit began on this day. */
  private static final LocalDate FIRST_DAY = LocalDate.of(1996, 12, 16);

  private static final MarketRuleBook A_SHARE = new MarketRuleBook(new RuleTables());

  private final RuleTables tables;
  /** Boards by the exchange and the leading digits of the code. */
  private final Map<String, Board> boardByPrefix = new TreeMap<>();

  private MarketRuleBook(RuleTables tables) {
    this.tables = tables;
    tables
        .boards()
        .forEach((board, row) ->
            row.prefixes().forEach(prefix -> boardByPrefix.put(board.exchange() + prefix, board)));
  }

  /** The rule book of the Shanghai, Shenzhen and Beijing exchanges. */
  public static MarketRuleBook aShare() {
    return A_SHARE;
  }

  /**
   * The first date that the rule book knows, 1996-12-16: the day on which price limits of 10 %
   * began.
   */
  public LocalDate firstDay() {
    return FIRST_DAY;
  }

  /**
   * The board that a code belongs to. A code of the Beijing exchange may be the one of today (920)
   * or one from before 2025-10-09 (43, 83, 87, 88).
   *
   * @return empty for what is neither an A-share nor a fund: indices, B shares, bonds, and
   *     everything outside the three exchanges
   */
  public static Optional<Board> boardOf(Symbol symbol) {
    if (symbol.exchange() == Exchange.OTHER) {
      return Optional.empty();
    }
    Map<String, Board> boards = A_SHARE.boardByPrefix;
    String exchange = symbol.exchange().name();
    return Optional.ofNullable(boards.get(exchange + symbol.code().substring(0, 3)))
        .or(() -> Optional.ofNullable(boards.get(exchange + symbol.code().substring(0, 2))));
  }

  /**
   * The day on which a board opened.
   *
   * @param board the board
   */
  public LocalDate opened(Board board) {
    return tables.board(Objects.requireNonNull(board, "board")).opened();
  }

  /**
   * The rules in force on a date.
   *
   * @param date any date, also a day without trading
   * @throws QilinException DATE_OUT_OF_RANGE before {@link #firstDay()}
   */
  public DatedRules at(LocalDate date) {
    if (date.isBefore(FIRST_DAY)) {
      throw new QilinException(
          ErrorCode.DATE_OUT_OF_RANGE,
          "the rule book begins on " + FIRST_DAY
              + ", when price limits of 10 % began; it knows nothing of " + date);
    }
    return new DatedRules(tables, date);
  }

  /** Every row of every table with its source and how sure it is, for a person to read. */
  public List<RuleEntry> entries() {
    return tables.entries();
  }
}
