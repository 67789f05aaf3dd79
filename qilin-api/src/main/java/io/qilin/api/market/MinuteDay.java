package io.qilin.api.market;

import io.qilin.api.error.QilinException;

/**
 * The one-minute bars of one share on one day. A bar carries the minute at which it ends, as vendors of A-share data
 * label them: 571 for 09:31, the first minute of continuous trading, to 900 for 15:00, which holds the closing auction;
 * an opening auction in a bar of its own ends at 565 (09:25) or 570 (09:30). Prices in raw yuan, volume in shares, amount
 * in yuan. Immutable and safe to share.
 */
public final class MinuteDay {
  private static final int MINUTES_A_DAY = 1440;

  private final int[] minutes;
  private final double[] open;
  private final double[] high;
  private final double[] low;
  private final double[] close;
  private final double[] volume;
  private final double[] amount;

  private MinuteDay(int[] minutes, double[][] columns) {
    this.minutes = minutes;
    this.open = columns[0];
    this.high = columns[1];
    this.low = columns[2];
    this.close = columns[3];
    this.volume = columns[4];
    this.amount = columns[5];
  }

  /**
   * The bars of a day; all arrays are copied.
   *
   * @param minutes the minute of the day at which each bar ends, strictly ascending, 1 to 1440
   * @param amount yuan traded; all {@code NaN} where not known, the close then stands for the average price
   * @throws QilinException INVALID_ARGUMENT unless the arrays are equally long and the minutes ascend
   */
  public static MinuteDay of(
      int[] minutes,
      double[] open,
      double[] high,
      double[] low,
      double[] close,
      double[] volume,
      double[] amount) {
    double[][] columns = {open, high, low, close, volume, amount};
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].length != minutes.length) {
        throw QilinException.invalid("the columns of " + minutes.length
            + " minute bars are equally long, one has " + columns[i].length);
      }
      columns[i] = columns[i].clone();
    }
    for (int k = 0; k < minutes.length; k++) {
      if (minutes[k] < 1 || minutes[k] > MINUTES_A_DAY || (k > 0 && minutes[k] <= minutes[k - 1])) {
        throw QilinException.invalid("minutes ascend from 1 to " + MINUTES_A_DAY + ", bar " + k
            + " is of minute " + minutes[k]);
      }
    }
    return new MinuteDay(minutes.clone(), columns);
  }

  /** How many bars. */
  public int size() {
    return minutes.length;
  }

  /** The minute of the day at which a bar ends. */
  public int minute(int bar) {
    return minutes[bar];
  }

  /** First price of a bar. */
  public double open(int bar) {
    return open[bar];
  }

  /** Highest price of a bar. */
  public double high(int bar) {
    return high[bar];
  }

  /** Lowest price of a bar. */
  public double low(int bar) {
    return low[bar];
  }

  /** Last price of a bar. */
  public double close(int bar) {
    return close[bar];
  }

  /** Shares traded in a bar. */
  public double volume(int bar) {
    return volume[bar];
  }

  /** Yuan traded in a bar; {@code NaN} if not known. */
  public double amount(int bar) {
    return amount[bar];
  }
}
