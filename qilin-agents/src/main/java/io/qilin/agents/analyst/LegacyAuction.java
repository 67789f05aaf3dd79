package io.qilin.agents.analyst;

import java.util.List;

/**
 * The auction point table of qilin_stack, for {@link Preset#LEGACY} of the
 * {@link CallAuctionAnalyst}: 100 points, here as fractions of each part's maximum.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>points of the maximum</th></tr>
 *   <tr><td>gap</td><td>0.30</td><td>5 % 30/30, 3 % 20/30, 1 % 10/30, 0 5/30, below 0</td></tr>
 *   <tr><td>volume-share</td><td>0.25</td><td>auction over the volume of the day before: above 0.15
 *       25/25, 0.10 18/25, 0.05 10/25, else 0</td></tr>
 *   <tr><td>bid-ask</td><td>0.20</td><td>buyers over sellers at the price of the match: above 3
 *       20/20, 2 15/20, 1.5 10/20, 1 5/20, else 0</td></tr>
 *   <tr><td>volatility</td><td>0.15</td><td>deviation of the prices from 09:20:00 to 09:24:59 over
 *       their mean, in percent: below 0.2 15/15, 0.5 10/15, 1 5/15, else 0</td></tr>
 *   <tr><td>large-orders</td><td>0.10</td><td>never known: no orders are public then</td></tr>
 * </table>
 *
 * <p>Where it differs: the original takes the middle of the list of ticks for 09:20, lets the phase
 * without cancelling end at 09:26, and assumes a fifth of the volume to be large orders.
 */
final class LegacyAuction {
  static final ScoreSheet SHEET = new ScoreSheet(
      CallAuctionAnalyst.ID,
      List.of(
          new ScoreSheet.Part("gap", "fraction", 300, "auction"),
          new ScoreSheet.Part("volume-share", "fraction", 250, "auction, bars"),
          new ScoreSheet.Part("bid-ask", "1", 200, "auction"),
          new ScoreSheet.Part("volatility", "percent", 150, "auction"),
          new ScoreSheet.Part("large-orders", "1", 100, "none")));

  private LegacyAuction() {}

  static ScoreSheet.Row row(AuctionFacts auction, double gap, double volumeShare) {
    double rest = auction.signedRest();
    double sellers = auction.matched() + Math.max(0, -rest);
    double pressure = sellers > 0 ? (auction.matched() + Math.max(0, rest)) / sellers : Double.NaN;
    double volatility = 100 * auction.volatility();
    return SHEET
        .row()
        .set(0, gap, Points.from(gap, 0, 0.05, 1, 0.03, 20 / 30.0, 0.01, 10 / 30.0, 0, 5 / 30.0))
        .set(1, volumeShare, Points.above(volumeShare, 0, 0.15, 1, 0.10, 0.72, 0.05, 0.4))
        .set(2, pressure, Points.above(pressure, 0, 3, 1, 2, 0.75, 1.5, 0.5, 1, 0.25))
        .set(3, volatility, Points.above(-volatility, 0, -0.2, 1, -0.5, 10 / 15.0, -1, 5 / 15.0));
  }
}
