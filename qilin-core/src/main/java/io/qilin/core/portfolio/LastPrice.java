package io.qilin.core.portfolio;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.PriceLimits;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The last raw close of a share, days without trading passed over.
 *
 * @param mills thousandths of a yuan, positive
 * @param fresh whether it is of the last day of the panel, so that the share traded on it
 */
public record LastPrice(long mills, boolean fresh) {
  /**
   * The price of a share at the end of a panel. A close that is not positive, infinite, or of a day
   * without volume is passed over.
   *
   * @param history raw prices
   * @return empty if there is none, or the panel lacks the share
   * @throws QilinException INVALID_ARGUMENT for adjusted prices
   */
  public static Optional<LastPrice> of(Panel history, Symbol symbol) {
    requireRaw(history);
    return history.find(symbol).flatMap(at -> at(history, at));
  }

  private static Optional<LastPrice> at(Panel history, int instrument) {
    int last = history.days().size() - 1;
    for (int d = history.endRow(instrument) - 1; d >= history.firstRow(instrument); d--) {
      if (traded(history, instrument, d)) {
        long mills = PriceLimits.mills(history.value(Field.CLOSE, instrument, d));
        return Optional.of(new LastPrice(mills, d == last));
      }
    }
    return Optional.empty();
  }

  /** Whether the instrument has a close that can be traded at, and volume as far as known. */
  public static boolean traded(Panel history, int instrument, int day) {
    double close = history.value(Field.CLOSE, instrument, day);
    return close >= 0.001
        && close <= 1e9
        && !(history.has(Field.VOLUME) && history.value(Field.VOLUME, instrument, day) <= 0);
  }

  /**
   * Refuses adjusted prices.
   *
   * @throws QilinException INVALID_ARGUMENT
   */
  public static void requireRaw(Panel history) {
    if (history.adjustment() != Adjustment.RAW) {
      throw QilinException.invalid("orders are made from raw prices, the panel's are "
          + history.adjustment() + "; convert it with withAdjustment(RAW)");
    }
  }

  /** Yuan per share. */
  public BigDecimal yuan() {
    return BigDecimal.valueOf(mills, 3);
  }

  /** The value of some shares in yuan. */
  BigDecimal value(long shares) {
    return yuan().multiply(BigDecimal.valueOf(shares));
  }
}
