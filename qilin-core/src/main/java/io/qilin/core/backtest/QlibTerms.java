package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import java.util.OptionalInt;

/**
 * What trading costs and allows in Qlib's exchange.
 *
 * @param openCost cost of a purchase as a fraction of its value
 * @param closeCost cost of a sale as a fraction of its value
 * @param minCost least cost of a trade in yuan
 * @param impactCost market impact: this times the square of the trade's part of the day's value is
 *     added to the cost rate
 * @param limitThreshold change of the close from which a share counts as at its limit
 * @param tradeUnit unadjusted shares of a lot; empty for no lots
 */
record QlibTerms(
    double openCost,
    double closeCost,
    double minCost,
    double impactCost,
    double limitThreshold,
    OptionalInt tradeUnit) {
  QlibTerms {
    rate("openCost", openCost);
    rate("closeCost", closeCost);
    if (!(minCost >= 0 && minCost < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid("minCost must be a number of yuan, 0 or more, was " + minCost);
    }
    if (!(impactCost >= 0 && impactCost < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid("impactCost must be a number, 0 or more, was " + impactCost);
    }
    if (!(limitThreshold > 0)) {
      throw QilinException.invalid(
          "limitThreshold must be a positive fraction like 0.095, was " + limitThreshold);
    }
    if (tradeUnit.isPresent() && tradeUnit.getAsInt() < 1) {
      throw QilinException.invalid(
          "tradeUnit must be at least 1 share, was " + tradeUnit.getAsInt());
    }
  }

  private static void rate(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw QilinException.invalid(
          name + " must be a fraction from 0 to below 1, like 0.0005, was " + value);
    }
  }
}
