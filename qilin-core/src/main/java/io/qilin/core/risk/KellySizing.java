package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.internal.Normal;

/**
 * How much of the equity to put into one position, by the criterion of Kelly (1956): (p b − q) / b,
 * where p is the chance to win, q = 1 − p, and b the average win over the average loss.
 *
 * <p>The chance is never taken as it was counted: p is the lower bound of the win rate at the given
 * confidence, one-sided, by Wilson (1927); few trades so make small positions. A record that was not
 * counted out of sample, or on too few trades, is refused. Of the Kelly fraction a part is taken, at
 * most the cap; less than the floor is not worth a position and becomes 0, as does no edge.
 * (qilin_stack raised it to the floor, which bets on strategies that lose.) Immutable and safe to
 * share.
 *
 * @param part part of the Kelly fraction, in (0, 1]
 * @param cap most of the equity, in (0, 1]
 * @param floor least of the equity, from 0 to the cap
 * @param minTrades least number of trades, positive
 * @param confidence of the lower bound, from 0.5 up to but not 1
 */
public record KellySizing(double part, double cap, double floor, int minTrades, double confidence) {
  /** A quarter, at most 10 %, at least 1 %, from 100 trades on, bound at 95 %. */
  public static final KellySizing DEFAULT = new KellySizing(0.25, 0.10, 0.01, 100, 0.95);

  /**
   * Checks the ranges.
   *
   * @throws QilinException INVALID_CONFIGURATION if one is out of its range
   */
  public KellySizing {
    boolean valid = part > 0
        && part <= 1
        && cap > 0
        && cap <= 1
        && floor >= 0
        && floor <= cap
        && minTrades > 0
        && confidence >= 0.5
        && confidence < 1;
    if (!valid) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "part and cap are in (0, 1], floor in [0, cap], trades positive, confidence in [0.5, 1),"
              + " were " + part + ", " + cap + ", " + floor + ", " + minTrades + ", "
              + confidence);
    }
  }

  /**
   * The size of a position as a fraction of the equity.
   *
   * @return 0, or from the floor to the cap
   * @throws QilinException RISK_LIMIT if the win rate is not validated: not out of sample, too few
   *     trades, or an average that is not known
   */
  public double size(WinRecord record) {
    if (!record.outOfSample()) {
      throw refused("it was not counted out of sample");
    }
    if (record.trades() < minTrades) {
      throw refused(
          "it was counted on " + record.trades() + " trades, " + minTrades + " are the least");
    }
    double odds = record.averageWin() / record.averageLoss();
    if (!(odds > 0 && odds < Double.POSITIVE_INFINITY)) {
      throw refused("the average win " + record.averageWin() + " and loss " + record.averageLoss()
          + " give no odds");
    }
    double chance = chance(record);
    double size = Math.min((chance * odds - (1 - chance)) / odds * part, cap);
    return size > 0 && size >= floor ? size : 0;
  }

  /**
   * The lower bound of the win rate: Wilson's score interval, one-sided.
   *
   * @return {@code NaN} without any trade
   */
  public double chance(WinRecord record) {
    double n = record.trades();
    double rate = record.wins() / n;
    double z = Normal.quantile(confidence);
    double square = z * z / n;
    double spread = z * Math.sqrt((rate * (1 - rate) + square / 4) / n);
    return Math.min(rate, Math.max(0, (rate + square / 2 - spread) / (1 + square)));
  }

  private static QilinException refused(String why) {
    return new QilinException(
        ErrorCode.RISK_LIMIT,
        "a position is sized only by a validated win rate: " + why
            + "; use a fixed fraction until it is");
  }
}
