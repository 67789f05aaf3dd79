package io.qilin.data.stream;

import io.qilin.api.market.Symbol;

/**
 * What one instrument did in one window. All numbers are the same bits in whatever order its records arrived.
 *
 * <p>Open is the price of the first record by event time, then sequence, then price; close that of the last. Volume and
 * amount are sums of whole numbers, a record's volume rounded to 1/1000 share and its amount to 1/10000 yuan, so that no
 * order and no cut into panes changes them; they are rounded once more to {@code double}.
 *
 * @param symbol the instrument
 * @param records how many records
 * @param open first price in yuan
 * @param high highest price in yuan
 * @param low lowest price in yuan
 * @param close last price in yuan
 * @param volume shares
 * @param amount yuan; {@code NaN} if any record's is not known
 */
public record WindowAggregate(
    Symbol symbol,
    long records,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double amount) {
  /** The mean price weighted by volume, in yuan; {@code NaN} without volume or amount. */
  public double vwap() {
    return volume > 0 ? amount / volume : Double.NaN;
  }
}
