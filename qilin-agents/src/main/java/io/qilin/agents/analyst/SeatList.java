package io.qilin.agents.analyst;

import io.qilin.api.record.LhbSeatRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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
  /** Keys of seats of which rows that became public together contradict each other. */
  private final Set<String> disputed = new HashSet<>();

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
    String key = key(seat);
    Seat known = seats.get(key);
    boolean restated = row.asOf().isAfter(told.getOrDefault(key, row.asOf()));
    if (restated) {
      disputed.remove(key);
    }
    if (known == null) {
      seats.put(key, seat);
    } else if (!disputed.contains(key) && known.agrees(seat)) {
      seats.put(key, known.with(seat));
    } else if (restated) {
      seats.put(key, known.with(seat.buy(), seat.sell(), seat));
    } else {
      flags.add(SealRecords.CONTRADICTORY);
      disputed.add(key);
      seats.put(key, known.with(Double.NaN, Double.NaN, seat));
    }
    told.put(key, row.asOf());
  }

  /** Under which key a seat is kept: that of the seat of its name if one of them is told without its code. */
  private String key(Seat seat) {
    for (Map.Entry<String, Seat> known : seats.entrySet()) {
      if (known.getValue().sameName(seat)) {
        return known.getKey();
      }
    }
    return seat.key();
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
