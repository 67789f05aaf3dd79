package io.qilin.core.risk;

import io.qilin.api.error.QilinException;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.PriceLimits;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a share can lose before anyone can get out: bought today it cannot be sold today (T+1), and
 * while it is locked at limit-down (跌停) nobody buys. After k such days the loss is 1 − Π(1 −
 * limit<sub>i</sub>), for example 1 − 0.9³ = 0.271 on the main board. Rounding of prices to the
 * tick is left out.
 */
public final class LockedLimitStress {
  private static final double HUNDRED_YUAN = 100;
  /** A hundred yuan are 10<sup>5</sup> mills. */
  private static final int SCALE = 5;

  private LockedLimitStress() {}

  /**
   * The loss as an exact fraction of the value before the first day.
   *
   * @param rule the rules of the share on the first day; later days are taken to have the same
   * @param listingDay which day of its listing the first day is, 1 for the first; 0 if long ago or
   *     not known
   * @param days how many days in a row it is locked, at least 1
   * @return in (0, 1]; 1 if one of the days has no limit
   * @throws QilinException INVALID_ARGUMENT if days is not positive
   */
  public static BigDecimal loss(BoardRules rule, int listingDay, int days) {
    if (days < 1) {
      throw QilinException.invalid("a stress lasts at least one day, was " + days);
    }
    BigDecimal left = BigDecimal.ONE;
    for (int k = 0; k < days; k++) {
      Optional<PriceLimits> limits =
          rule.limits(HUNDRED_YUAN, listingDay == 0 ? 0 : listingDay + k);
      if (limits.isEmpty()) {
        return BigDecimal.ONE;
      }
      left = left.multiply(BigDecimal.valueOf(limits.get().downMills(), SCALE));
    }
    return BigDecimal.ONE.subtract(left);
  }
}
