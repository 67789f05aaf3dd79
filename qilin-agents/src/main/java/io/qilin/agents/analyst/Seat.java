package io.qilin.agents.analyst;

import io.qilin.api.record.LhbSeatRow;
import java.util.Set;

/**
 * One seat of one Dragon-Tiger list, wherever in the list it stands.
 *
 * @param id its code, may be empty
 * @param name its name
 * @param amongBuyers whether it is one of the five largest buyers
 * @param buy yuan, {@code NaN} if not known
 * @param sell yuan, {@code NaN} if not known
 */
record Seat(String id, String name, boolean amongBuyers, double buy, double sell) {
  private static final String INSTITUTION = "机构专用";
  private static final Set<String> CONNECT = Set.of("沪股通专用", "深股通专用");
  /** Bought and sold nearly the same. */
  private static final double WASH = 0.2;

  static Seat of(LhbSeatRow row) {
    boolean buyer = row.side() == LhbSeatRow.SeatSide.BUY5;
    return new Seat(row.seatId(), row.seatName().strip(), buyer, row.buy(), row.sell());
  }

  /** The same seat seen again; what was not known is filled in. */
  Seat with(Seat other) {
    return with(Double.isNaN(buy) ? other.buy : buy, Double.isNaN(sell) ? other.sell : sell, other);
  }

  /** The same seat seen again, with these amounts. */
  Seat with(double bought, double sold, Seat other) {
    return new Seat(
        id.isEmpty() ? other.id : id, name, amongBuyers || other.amongBuyers, bought, sold);
  }

  /** Whether it has the name of the other, and one of them no code. */
  boolean sameName(Seat other) {
    return name.equals(other.name) && id.isEmpty() != other.id.isEmpty() && !institution();
  }

  /** Whether both rows can tell of one seat: known amounts are equal. */
  boolean agrees(Seat other) {
    return agree(buy, other.buy) && agree(sell, other.sell);
  }

  private static boolean agree(double one, double other) {
    return Double.isNaN(one) || Double.isNaN(other) || one == other;
  }

  /**
   * What tells it from other seats of the list. Institutions are printed without a name of their
   * own: those with other amounts are others.
   */
  String key() {
    return institution() ? name + "|" + buy + "|" + sell : id.isEmpty() ? name : id;
  }

  boolean institution() {
    return name.equals(INSTITUTION);
  }

  /** Whether it is the seat of Stock Connect. */
  boolean connect() {
    return CONNECT.contains(name);
  }

  double net() {
    return buy - sell;
  }

  boolean wash() {
    return Math.abs(buy - sell) < WASH * (buy + sell);
  }
}
