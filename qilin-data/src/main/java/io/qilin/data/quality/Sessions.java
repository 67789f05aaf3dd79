package io.qilin.data.quality;

import io.qilin.api.market.Panel;
import io.qilin.api.market.TradingCalendar;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The sessions on which a panel could have rows: the calendar's from its first to its last day, or its own days where no
 * calendar covers it.
 */
final class Sessions {
  /** For each day of the panel the first session on or after it. */
  private final int[] at;

  /** For each day of the panel the first session after it. */
  private final int[] after;

  private final int[] alive;
  private final int[] present;

  private Sessions(int[] at, int[] after, int count) {
    this.at = at;
    this.after = after;
    this.alive = new int[count + 1];
    this.present = new int[count];
  }

  static Sessions of(Panel panel, Optional<TradingCalendar> calendar) {
    List<LocalDate> days = panel.days();
    List<LocalDate> sessions =
        calendar.filter(known -> covers(known, days)).map(TradingCalendar::days).orElse(days);
    int[] at = new int[days.size()];
    int[] after = new int[days.size()];
    for (int day = 0; day < at.length; day++) {
      int place = Collections.binarySearch(sessions, days.get(day));
      at[day] = place < 0 ? -place - 1 : place;
      after[day] = place < 0 ? -place - 1 : place + 1;
    }
    return new Sessions(at, after, sessions.size());
  }

  private static boolean covers(TradingCalendar calendar, List<LocalDate> days) {
    return !days.get(0).isBefore(calendar.knownFrom())
        && !days.get(days.size() - 1).isAfter(calendar.knownUntil());
  }

  /** Counts an instrument as alive between its first and last row, and as present where it has one. */
  void count(Series series, boolean[] exists) {
    int first = -1;
    int last = -1;
    for (int row = 0; row < exists.length; row++) {
      if (exists[row]) {
        int session = at(series.first() + row);
        first = first < 0 ? session : first;
        last = session;
        if (session < present.length) {
          present[session]++;
        }
      }
    }
    if (first >= 0) {
      alive[first]++;
      alive[Math.min(last + 1, alive.length - 1)]--;
    }
  }

  /** Ends the counting: from changes of the number alive to the number. */
  void counted() {
    for (int session = 1; session < alive.length; session++) {
      alive[session] += alive[session - 1];
    }
  }

  /** The first session on or after a day of the panel. */
  int at(int day) {
    return at[day];
  }

  /** The first session after a day of the panel. */
  int after(int day) {
    return after[day];
  }

  /** How many of the sessions {@code [from, to)} have no row at all although a crowd of instruments was alive. */
  int deserted(int from, int to) {
    int deserted = 0;
    for (int session = from; session < to; session++) {
      if (present[session] == 0 && alive[session] >= AbsentRows.CROWD) {
        deserted++;
      }
    }
    return deserted;
  }
}
