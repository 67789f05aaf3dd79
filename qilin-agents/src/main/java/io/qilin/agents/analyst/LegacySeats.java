package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.core.rules.LimitUpFacts;
import java.util.List;

/**
 * The Dragon-Tiger point table of qilin_stack, for {@link Preset#LEGACY} of the
 * {@link LonghuBangAnalyst}: 80 points, here as fractions of each part's maximum.
 *
 * <table>
 *   <caption>Parts; the weights are the maxima over 80 and add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>points of the maximum</th></tr>
 *   <tr><td>known-buyers</td><td>0.375</td><td>known seats of hot money that bought on balance: 3
 *       30/30, 1 15/30, none 0</td></tr>
 *   <tr><td>net</td><td>0.312</td><td>above 50 million yuan 25/25, above 0 10/25, else 0</td></tr>
 *   <tr><td>known-sellers</td><td>0.188</td><td>none that sold on balance 15/15, else 0</td></tr>
 *   <tr><td>limit-up</td><td>0.125</td><td>closed at limit-up 10/10, else 0</td></tr>
 * </table>
 *
 * <p>Where it differs: the original subtracts the list of sellers from that of buyers, so that a
 * seat in both counts twice and what buyers sold not at all, finds names by fragments, and takes a
 * share for limit-up if its reason holds the word. Here every seat counts once with both amounts,
 * names are compared whole, and limit-up is that of the bar. Without a table of known seats both
 * parts are dropped and the analyst abstains.
 */
final class LegacySeats implements LonghuBangAnalyst.SeatSheet {
  static final ScoreSheet SHEET = new ScoreSheet(
      LonghuBangAnalyst.ID,
      List.of(
          new ScoreSheet.Part("known-buyers", "seats", 375, "longhu-bang"),
          new ScoreSheet.Part("net", "yuan", 312, "longhu-bang"),
          new ScoreSheet.Part("known-sellers", "seats", 188, "longhu-bang"),
          new ScoreSheet.Part("limit-up", "1", 125, "bars")));

  private final MarketSnapshot snapshot;
  private final LimitUpFacts facts;
  private final SeatTable table;

  LegacySeats(MarketSnapshot snapshot, LimitUpFacts facts, SeatTable table) {
    this.snapshot = snapshot;
    this.facts = facts;
    this.table = table;
  }

  @Override
  public ScoreSheet.Row empty() {
    return SHEET.row();
  }

  @Override
  public ScoreSheet.Row row(int instrument, SeatList list, double appearances) {
    double buyers = table.isEmpty() ? Double.NaN : count(list, 1);
    double sellers = table.isEmpty() ? Double.NaN : count(list, -1);
    double net = list.net(seat -> true);
    double sealed = facts.sealed(instrument, snapshot.raw().days().size() - 1) ? 1 : 0;
    return SHEET
        .row()
        .set(0, buyers, Points.from(buyers, 0, 3, 1, 1, 0.5))
        .set(1, net, Points.above(net, 0, 5e7, 1, 0, 0.4))
        .set(2, sellers, Points.from(-sellers, 0, 0, 1))
        .set(3, sealed, sealed);
  }

  private double count(SeatList list, int sign) {
    return list.seats().stream()
        .filter(seat -> Math.signum(seat.net()) == sign)
        .filter(seat -> table
            .find(seat, snapshot.day())
            .filter(known -> known.kind() == KnownSeat.Kind.HOT_MONEY)
            .isPresent())
        .count();
  }
}
