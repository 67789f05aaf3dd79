package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;

/**
 * What the exchange and the broker know of the account when an order in one share arrives.
 *
 * @param held shares held
 * @param sellable shares of them that may be sold in the session
 * @param boughtToday shares bought in the session so far
 * @param tradedToday shares bought and sold in the session so far, which count for the share of the
 *     volume
 */
public record OrderAccount(long held, long sellable, long boughtToday, long tradedToday) {
  /** An account that has and did nothing. */
  public static final OrderAccount EMPTY = new OrderAccount(0, 0, 0, 0);

  /**
   * Checks the numbers.
   *
   * @throws QilinException INVALID_ARGUMENT if one is negative, or more is sellable than held
   */
  public OrderAccount {
    if (held < 0 || sellable < 0 || sellable > held || boughtToday < 0 || tradedToday < 0) {
      throw QilinException.invalid("an account holds and trades no negative number of shares, was "
          + held + " held, " + sellable + " sellable, " + boughtToday + " bought, " + tradedToday
          + " traded");
    }
  }
}
