package io.qilin.core.backtest;

import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.MarketRuleBook;
import java.util.Optional;

/**
 * Reference prices for bars that have none: the close of the share's previous day of trading, on an
 * ex-date taken down by the ratio of the adjustment factors, to the tick. A change of the factor too
 * small to move the price by a tick is no ex-date.
 */
final class ReferencePrices {
  private static final double SHARE_TICKS = 100;
  private static final double FUND_TICKS = 1000;

  private ReferencePrices() {}

  /**
   * The bars with {@code $pre_close} where they have none but a {@code $factor}.
   *
   * @param raw raw bars
   */
  static Panel added(Panel raw) {
    if (raw.has(Field.PRE_CLOSE) || !raw.has(Field.FACTOR)) {
      return raw;
    }
    PanelColumn close = raw.column(Field.CLOSE);
    PanelColumn factor = raw.column(Field.FACTOR);
    return raw.with(Field.PRE_CLOSE, (instrument, day) -> {
      int before = day - 1;
      while (before >= raw.firstRow(instrument)
          && !(close.value(instrument, before) > 0 && factor.value(instrument, before) > 0)) {
        before--;
      }
      if (before < raw.firstRow(instrument)) {
        return Double.NaN;
      }
      double ratio = factor.value(instrument, before) / factor.value(instrument, day);
      double ticks = isFund(raw.symbols().get(instrument)) ? FUND_TICKS : SHARE_TICKS;
      return Math.rint(close.value(instrument, before) * ratio * ticks) / ticks;
    });
  }

  /** Whether prices of the instrument have three decimals. */
  static boolean isFund(Symbol symbol) {
    Optional<Board> board = MarketRuleBook.boardOf(symbol);
    return board.isPresent() && (board.get() == Board.SSE_FUND || board.get() == Board.SZSE_FUND);
  }
}
