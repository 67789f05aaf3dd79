package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Optional;

/**
 * When a share moves so much that nothing of it is bought. Immutable and safe to share.
 *
 * @param fall fall from the reference price from which on it is extreme, as a fraction, positive
 * @param rise rise from the reference price, positive
 * @param barFall fall within one bar, positive
 * @param volatilityTimes how many times the usual volatility, above 1
 */
public record ExtremeMove(double fall, double rise, double barFall, double volatilityTimes) {
  /** −7 %, +15 %, −5 % in a bar, three times the usual volatility. */
  public static final ExtremeMove DEFAULT = new ExtremeMove(0.07, 0.15, 0.05, 3);

  /**
   * Checks the limits.
   *
   * @throws QilinException INVALID_CONFIGURATION if one is out of its range
   */
  public ExtremeMove {
    if (!(fall > 0 && rise > 0 && barFall > 0 && volatilityTimes > 1)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "falls and rises are positive and the volatility is above 1, were " + fall + ", " + rise
              + ", " + barFall + ", " + volatilityTimes);
    }
  }

  /**
   * Why a move is extreme; a move exactly at a limit is.
   *
   * @return empty for a usual move
   * @throws QilinException DATA_NOT_FOUND if a number of it is {@code NaN} or infinite, or the usual
   *     volatility not positive
   */
  public Optional<String> objection(IntradayMove seen) {
    boolean known = Double.isFinite(seen.move())
        && Double.isFinite(seen.barMove())
        && Double.isFinite(seen.volatility())
        && Double.isFinite(seen.usualVolatility())
        && seen.usualVolatility() > 0;
    if (!known) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, "what the share does today is not known in full: " + seen);
    }
    if (seen.move() <= -fall || seen.move() >= rise) {
      return Optional.of("the share moved by " + seen.move() + " today; from -" + fall + " and +"
          + rise + " on nothing is bought");
    }
    if (seen.barMove() <= -barFall) {
      return Optional.of("the share moved by " + seen.barMove() + " in one bar; from -" + barFall
          + " on nothing is bought");
    }
    return seen.volatility() < volatilityTimes * seen.usualVolatility()
        ? Optional.empty()
        : Optional.of("the share's volatility is " + seen.volatility() + "; from "
            + volatilityTimes + " times the usual " + seen.usualVolatility()
            + " on nothing is bought");
  }
}
