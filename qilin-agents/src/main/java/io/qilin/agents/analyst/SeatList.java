package io.qilin.agents.analyst;

import io.qilin.api.record.LhbSeatRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One Dragon-Tiger list: a share, a day, a reason and a window, with every seat once. Lists of
 * different reasons or windows are never added up.
 */
final class SeatList {
  private static final double NEAR = 0.01;

  private final int windowDays;
  private final String reason;
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private final Map<String, Instant> told = new LinkedHashMap<>();
  private final Set<String> flags = new LinkedHashSet<>();
  private double amount = Double.NaN;

  private SeatList(int windowDays, String reason) {
    this.windowDays = windowDays;
    this.reason = reason;
  }

  /**
   * The list by which a share is judged: of those of one day, if there are any, else of three days,
   * the one with the most seats, of equals the first by its reason.
   *
   * @param rows rows of one share and day, not empty, in the order in which they became public
   */
  static SeatList of(List<LhbSeatRow> rows) {
    Map<String, SeatList> lists = new TreeMap<>();
    for (LhbSeatRow row : Origins.largest(rows)) {
      lists
          .computeIfAbsent(
              row.windowDays() + "|" + row.reasonCode(),
              key -> new SeatList(row.windowDays(), row.reasonCode()))
          .add(row);
    }
    SeatList best = null;
    for (SeatList list : lists.values()) {
      boolean better = best == null
          || (list.windowDays == best.windowDays && list.seats.size() > best.seats.size());
      best = better ? list : best;
    }
    return Objects.requireNonNull(best, "rows");
  }

  private void add(LhbSeatRow row) {
    Seat seat = Seat.of(row);
    if (Double.isNaN(amount)) {
      amount = row.dayAmount();
    } else if (Math.abs(row.dayAmount() - amount) > NEAR * amount) {
      flags.add(SealRecords.CONTRADICTORY);
    }
    String key = seat.key();
    Seat known = seats.get(key);
    if (known == null || known.agrees(seat)) {
      seats.put(key, known == null ? seat : known.with(seat));
    } else if (row.asOf().isAfter(told.getOrDefault(key, row.asOf()))) {
      seats.put(
          key,
          new Seat(
              seat.id(),
              seat.name(),
              known.amongBuyers() || seat.amongBuyers(),
              seat.buy(),
              seat.sell()));
    } else {
      flags.add(SealRecords.CONTRADICTORY);
      seats.put(
          key,
          new Seat(
              seat.id(),
              seat.name(),
              known.amongBuyers() || seat.amongBuyers(),
              Double.NaN,
              Double.NaN));
    }
    told.put(key, row.asOf());
  }

  int windowDays() {
    return windowDays;
  }

  String reason() {
    return reason;
  }

  /** What the share's trading was worth over the window in yuan; {@code NaN} if not known. */
  double amount() {
    return amount;
  }

  Collection<Seat> seats() {
    return seats.values();
  }

  Set<String> flags() {
    return flags;
  }

  /** Whether a seat bought or sold more than was traded at all, so that some unit is wrong. */
  boolean impossible() {
    return seats.values().stream().anyMatch(seat -> Math.max(seat.buy(), seat.sell()) > amount);
  }

  /** Bought less sold, of some seats, in yuan; {@code NaN} if there is none or one is not known. */
  double net(Predicate<Seat> which) {
    double net = 0;
    boolean any = false;
    for (Seat seat : seats.values()) {
      if (which.test(seat)) {
        net += seat.net();
        any = true;
      }
    }
    return any ? net : Double.NaN;
  }

  /** What the five largest buyers bought, each in yuan. */
  List<Double> purchases() {
    List<Double> out = new ArrayList<>();
    for (Seat seat : seats.values()) {
      if (seat.amongBuyers()) {
        out.add(seat.buy());
      }
    }
    return out;
  }

  /** The part of all seats' trading that was done by seats that bought about what they sold. */
  double washShare() {
    double wash = 0;
    double all = 0;
    for (Seat seat : seats.values()) {
      double both = seat.buy() + seat.sell();
      all += both;
      wash += seat.wash() ? both : 0;
    }
    return all > 0 ? wash / all : Double.NaN;
  }
}
