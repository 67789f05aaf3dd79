package io.qilin.agents.analyst;

import java.util.List;
import java.util.Optional;

/**
 * The sentiment point table of qilin_stack, for {@link Preset#LEGACY} of the
 * {@link MarketEcologyAnalyst}, as fractions of each part's maximum of 15, 10 and 10 points.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>points of the maximum</th></tr>
 *   <tr><td>sealed</td><td>0.429</td><td>100 shares or more 15/15, 50 10/15, 30 5/15, else
 *       0</td></tr>
 *   <tr><td>high-boards</td><td>0.286</td><td>shares sealed for 3 days or more: 5 10/10, 3 5/10,
 *       else 0</td></tr>
 *   <tr><td>northbound</td><td>0.285</td><td>net purchase of all shares: above 0 10/10, 0 5/10,
 *       below 0</td></tr>
 * </table>
 *
 * <p>Where it differs: the original starts from 50 points and cuts at 100. Its counts are fixed,
 * although the market grew from 3,000 to more than 5,000 shares; they are kept here.
 */
final class LegacyEcology implements MarketEcologyAnalyst.EcologySheet {
  static final ScoreSheet SHEET = new ScoreSheet(
      MarketEcologyAnalyst.ID,
      List.of(
          new ScoreSheet.Part("sealed", "shares", 429, "bars"),
          new ScoreSheet.Part("high-boards", "shares", 286, "bars"),
          new ScoreSheet.Part("northbound", "yuan", 285, "money-flow")));

  private final double sealed;
  private final double high;
  private final double northbound;

  LegacyEcology(MarketDay day, int minShares, double northbound) {
    boolean known = day.traded() >= minShares;
    this.sealed = known ? day.sealed() : Double.NaN;
    this.high = known ? day.highBoards() : Double.NaN;
    this.northbound = northbound;
  }

  @Override
  public ScoreSheet.Row row(Optional<ShareKind> kind) {
    return SHEET
        .row()
        .set(0, sealed, Points.from(sealed, 0, 100, 1, 50, 10 / 15.0, 30, 5 / 15.0))
        .set(1, high, Points.from(high, 0, 5, 1, 3, 0.5))
        .set(2, northbound, Points.from(northbound, 0, Double.MIN_VALUE, 1, 0, 0.5));
  }
}
