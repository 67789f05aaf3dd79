package io.qilin.core.risk;

import io.qilin.api.error.QilinException;

/**
 * How often and how much a strategy won, counted on closed trades.
 *
 * @param wins trades that gained, not negative
 * @param losses trades that lost or came out even, not negative
 * @param averageWin mean gain of the wins as a fraction of what was put in, positive; {@code NaN} if not
 *     known
 * @param averageLoss mean loss of the losses as a positive fraction; {@code NaN} if not known
 * @param outOfSample whether the trades lie after everything that the strategy was fitted or chosen on
 */
public record WinRecord(
    int wins, int losses, double averageWin, double averageLoss, boolean outOfSample) {
  /**
   * Checks the signs.
   *
   * @throws QilinException INVALID_ARGUMENT if a count is negative, or a mean is not positive
   */
  public WinRecord {
    if (wins < 0 || losses < 0) {
      throw QilinException.invalid("counts are not negative, were " + wins + " and " + losses);
    }
    if (averageWin <= 0 || averageLoss <= 0) {
      throw QilinException.invalid("the average win and loss are positive fractions, were "
          + averageWin + " and " + averageLoss);
    }
  }

  /** All trades. */
  public long trades() {
    return (long) wins + losses;
  }
}
