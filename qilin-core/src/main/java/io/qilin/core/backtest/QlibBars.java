package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Optional;

/**
 * A panel as Qlib's exchange reads it. A place is that of a share in {@link #symbols()}, which may
 * hold shares without bars; every value of such a share is {@code NaN}.
 *
 * <p>{@code $change} decides the limits. It is the first of these that the panel can give: the
 * field itself; raw close / {@code $pre_close} − 1, with {@code $raw_close} before {@code
 * $close/$factor}; adjusted close / last known adjusted close − 1, which Qlib's own collectors
 * write.
 */
final class QlibBars {
  private static final Field CHANGE = Field.of("change");
  private static final Field RAW_CLOSE = Field.of("raw_close");

  private final Panel given;
  private final Panel adjusted;
  private final Optional<Panel> raw;
  private final Field deal;
  private final List<Symbol> symbols;
  private final int[] instruments;

  QlibBars(Panel given, Field deal, List<Symbol> symbols) {
    this.given = given;
    this.deal = deal;
    this.symbols = symbols;
    boolean factor = given.has(Field.FACTOR);
    boolean isRaw = given.adjustment() == Adjustment.RAW;
    adjusted = isRaw && factor ? given.withAdjustment(Adjustment.BACKWARD) : given;
    raw = isRaw || factor ? Optional.of(given.withAdjustment(Adjustment.RAW)) : Optional.empty();
    instruments =
        symbols.stream().mapToInt(symbol -> given.find(symbol).orElse(-1)).toArray();
    for (Field needed : List.of(Field.CLOSE, deal)) {
      if (!given.has(needed)) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "a backtest at " + deal + " needs " + needed + "; the panel has " + given.fields());
      }
    }
  }

  List<Symbol> symbols() {
    return symbols;
  }

  Panel panel() {
    return given;
  }

  boolean has(Field field) {
    return given.has(field);
  }

  /** Place of the share in the panel; negative if it has no bars. */
  int instrument(int place) {
    return instruments[place];
  }

  double close(int place, int day) {
    return value(adjusted, Field.CLOSE, place, day);
  }

  /** The adjusted price of a trade: the deal price, or the close where that is none. */
  double price(int place, int day) {
    double price = value(adjusted, deal, place, day);
    return price > 1e-8 ? price : close(place, day);
  }

  double factor(int place, int day) {
    return given.has(Field.FACTOR) ? value(given, Field.FACTOR, place, day) : Double.NaN;
  }

  double change(int place, int day) {
    if (given.has(CHANGE)) {
      return value(given, CHANGE, place, day);
    }
    if (given.has(Field.PRE_CLOSE) && (given.has(RAW_CLOSE) || raw.isPresent())) {
      double close = given.has(RAW_CLOSE)
          ? value(given, RAW_CLOSE, place, day)
          : value(raw.orElseThrow(), Field.CLOSE, place, day);
      return close / value(given, Field.PRE_CLOSE, place, day) - 1;
    }
    return close(place, day) / lastClose(place, day - 1) - 1;
  }

  /** The last adjusted close up to a day; {@code NaN} if there is none. */
  double lastClose(int place, int day) {
    int from = instruments[place] < 0 ? day + 1 : given.firstRow(instruments[place]);
    for (int at = day; at >= from; at--) {
      double close = close(place, at);
      if (!Double.isNaN(close)) {
        return close;
      }
    }
    return Double.NaN;
  }

  /**
   * What the whole market traded of the share at a price, in yuan. The panel's volume is not
   * adjusted, Qlib's is: hence the factor.
   */
  double marketValue(int place, int day, double price) {
    double factor = factor(place, day);
    double volume = value(given, Field.VOLUME, place, day);
    return (Double.isNaN(factor) ? volume : volume / factor) * price;
  }

  private double value(Panel panel, Field field, int place, int day) {
    return instruments[place] < 0 ? Double.NaN : panel.value(field, instruments[place], day);
  }
}
