package io.qilin.core.adjust;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.MarketRuleBook;
import java.util.Optional;

/** What the classes of this package ask of prices alike. */
final class SharePrices {
  /** Prices above this, in yuan, are no prices. */
  private static final double HIGHEST = 1e9;

  private SharePrices() {}

  /** The tick in thousandths of a yuan; empty for what is neither an A-share nor a fund. */
  static Optional<Integer> tickMills(Symbol symbol) {
    return MarketRuleBook.boardOf(symbol)
        .map(board -> board == Board.SSE_FUND || board == Board.SZSE_FUND ? 1 : 10);
  }

  static boolean isPrice(double price) {
    return price > 0 && price <= HIGHEST;
  }

  /** Refuses adjusted prices. */
  static void requireRaw(Panel panel, String who) {
    if (panel.adjustment() != Adjustment.RAW) {
      throw QilinException.invalid(who + " need raw prices, these are adjusted "
          + panel.adjustment() + "; use panel.withAdjustment(RAW)");
    }
  }
}
