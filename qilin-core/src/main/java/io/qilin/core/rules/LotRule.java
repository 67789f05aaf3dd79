package io.qilin.core.rules;

import io.qilin.api.error.QilinException;

/**
 * The sizes in which a board takes orders, in shares.
 *
 * @param minBuy smallest buy
 * @param step a buy is a multiple of this: 100 on the main boards and ChiNext, 1 on STAR and BSE
 * @param oddBelow a holding's remainder below this (零股) is sold in one order
 * @param maxLimitOrder largest limit order
 * @param maxMarketOrder largest market order
 */
public record LotRule(
    long minBuy, long step, long oddBelow, long maxLimitOrder, long maxMarketOrder) {
  /**
   * Checks the sizes.
   *
   * @throws QilinException INVALID_ARGUMENT unless all are positive and minBuy is a multiple of
   *     step
   */
  public LotRule {
    if (minBuy <= 0
        || step <= 0
        || oddBelow <= 0
        || maxLimitOrder < minBuy
        || maxMarketOrder < minBuy) {
      throw QilinException.invalid(
          "order sizes must be positive and the largest at least the smallest, were smallest "
              + minBuy + ", step " + step + ", odd below " + oddBelow + ", largest "
              + maxLimitOrder + " and " + maxMarketOrder);
    }
    if (minBuy % step != 0) {
      throw QilinException.invalid(
          "the smallest buy " + minBuy + " is no multiple of the step " + step);
    }
  }

  /** Whether a limit order may buy this many shares. */
  public boolean allowsBuy(long shares) {
    return shares >= minBuy && shares <= maxLimitOrder && shares % step == 0;
  }

  /**
   * Whether a limit order may sell this many shares: whole lots, or an order that contains the
   * whole odd remainder of the holding.
   *
   * @param shares how many to sell
   * @param held how many are held, the ones that may not be sold yet included
   */
  public boolean allowsSell(long shares, long held) {
    if (shares <= 0 || shares > held || shares > maxLimitOrder) {
      return false;
    }
    if (step == 1) {
      return shares >= oddBelow || shares == held;
    }
    return shares % step == 0 || shares % step == held % step;
  }

  /**
   * The largest limit buy that is not above {@code shares}; 0 if even the smallest is.
   *
   * @param shares how many one would like to buy, not negative
   */
  public long floorBuy(long shares) {
    long capped = Math.min(shares, maxLimitOrder);
    return capped < minBuy ? 0 : capped - capped % step;
  }
}
