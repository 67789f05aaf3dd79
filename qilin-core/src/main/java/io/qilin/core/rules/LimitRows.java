package io.qilin.core.rules;

import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import java.util.List;
import java.util.Optional;

/**
 * The bars of one share and its status, from which each day's {@link LimitUpFact} follows.
 * Immutable.
 */
final class LimitRows {
  private final KindRules kinds;
  private final BarColumns bars;
  private final int instrument;
  private final List<Standing> standings;
  private final int from;
  private final int rows;

  LimitRows(
      KindRules kinds,
      BarColumns bars,
      Panel panel,
      int instrument,
      Optional<SecurityTimeline> timeline) {
    this.kinds = kinds;
    this.bars = bars;
    this.instrument = instrument;
    this.standings = Standing.of(panel.symbols().get(instrument), timeline, panel.days());
    this.from = panel.firstRow(instrument);
    this.rows = panel.endRow(instrument) - from;
  }

  LimitUpFact fact(int day) {
    int row = day - from;
    LimitUpFact fact = fact(row, 0);
    boolean goesOn = fact.sealed() || fact.status() == LimitStatus.NOT_TRADED;
    int streak = goesOn ? streak(row) : 0;
    return streak == 0 ? fact : fact(row, streak);
  }

  int sealedDays(int day, int window) {
    int sealed = 0;
    int left = window;
    for (int row = Math.min(day - from, rows - 1); row >= 0 && left > 0; row--) {
      if (traded(row)) {
        left--;
        sealed += sealed(row) ? 1 : 0;
      }
    }
    return sealed;
  }

  private LimitUpFact fact(int row, int streak) {
    if (row < 0 || row >= rows) {
      return new LimitUpFact(
          LimitStatus.NOT_TRADED,
          Optional.empty(),
          Double.NaN,
          false,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          streak);
    }
    double reference = bars.reference(instrument, from + row);
    boolean assumed = !isPositive(reference);
    double base = assumed ? previousClose(row) : reference;
    LimitStatus status = LimitStatus.UNKNOWN;
    Optional<PriceLimits> limits = Optional.empty();
    Optional<BoardRules> rules = rules(row);
    if (rules.isPresent()) {
      Optional<LimitRate> rate = rate(rules.get(), standing(from + row), from + row);
      long tick = rules.get().tickMills();
      if (rate.isEmpty()) {
        status = LimitStatus.NO_LIMIT;
      } else if (isPositive(base) && PriceLimits.mills(base) >= (tick + 1) / 2) {
        limits = Optional.of(rate.get().around(PriceLimits.mills(base), tick));
        status = LimitStatus.LIMITED;
      }
    }
    return new LimitUpFact(
        traded(row) ? status : LimitStatus.NOT_TRADED,
        limits,
        base,
        assumed && isPositive(base),
        bars.open().value(instrument, from + row),
        bars.high().value(instrument, from + row),
        bars.low().value(instrument, from + row),
        close(row),
        streak);
  }

  /** The rules of the share on a day, also one without a row; empty where the book has none. */
  Optional<BoardRules> rulesOn(int day) {
    return rules(day - from);
  }

  private double close(int row) {
    return bars.close().value(instrument, from + row);
  }

  private Optional<BoardRules> rules(int row) {
    Standing standing = standing(from + row);
    return standing.board().isEmpty()
        ? Optional.empty()
        : kinds.on(from + row, standing.board().get(), standing.warning(), standing.limitCase());
  }

  private Standing standing(int day) {
    int at = standings.size() - 1;
    while (at > 0 && standings.get(at).fromDay() > day) {
      at--;
    }
    return standings.get(at);
  }

  private Optional<LimitRate> rate(BoardRules rules, Standing standing, int day) {
    int listingDay = daysSince(standing.listing(), day);
    if (listingDay > 0 || standing.delisting().isEmpty()) {
      return rules.rate(LimitEvent.LISTING, listingDay);
    }
    return rules.rate(LimitEvent.DELISTING, daysSince(standing.delisting(), day));
  }

  /**
   * Days of trading from an event to a day, the day included: 1 on the day of the event; 0 if it is
   * not known, lies ahead, or is further back than any rule of first days reaches.
   */
  private int daysSince(Optional<Standing.Event> known, int day) {
    if (known.isEmpty() || known.get().day() > day) {
      return 0;
    }
    int count = 1 + known.get().weekdaysBefore();
    for (int at = known.get().day(); at < day && count <= RuleTables.MOST_FIRST_DAYS; at++) {
      count += at < from || traded(at - from) ? 1 : 0;
    }
    return count > RuleTables.MOST_FIRST_DAYS ? 0 : count;
  }

  private int streak(int row) {
    int streak = 0;
    for (int at = Math.min(row, rows - 1); at >= 0; at--) {
      if (traded(at)) {
        if (!sealed(at)) {
          return streak;
        }
        streak++;
      }
    }
    return streak;
  }

  private boolean sealed(int row) {
    return fact(row, 0).sealed();
  }

  private boolean traded(int row) {
    return isPositive(close(row)) && !(bars.volume(instrument, from + row) <= 0);
  }

  private double previousClose(int row) {
    for (int at = row - 1; at >= 0; at--) {
      if (traded(at)) {
        return close(at);
      }
    }
    return Double.NaN;
  }

  private static boolean isPositive(double price) {
    return price > 0 && PriceLimits.isPrice(price);
  }
}
