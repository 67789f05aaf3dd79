package io.qilin.core.rules;

import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The bars of one share and its status, from which each day's {@link LimitUpFact} follows. Immutable. */
final class LimitRows {
  /** The name of a share without share-structure reform: S佳通, SST华塑, S*ST前锋. */
  private static final Pattern UNREFORMED = Pattern.compile("S(ST|\\*ST)?\\p{IsHan}.*");

  private final LimitUpFacts facts;
  private final List<LocalDate> days;
  private final Optional<Board> boardOfCode;
  private final Optional<SecurityTimeline> timeline;
  private final int from;
  private final double[] open;
  private final double[] high;
  private final double[] low;
  private final double[] close;
  private final double[] volume;
  private final double[] reference;

  LimitRows(LimitUpFacts facts, Panel panel, int instrument, Optional<SecurityTimeline> timeline) {
    Symbol symbol = panel.symbols().get(instrument);
    this.facts = facts;
    this.days = panel.days();
    this.boardOfCode = MarketRuleBook.boardOf(symbol);
    this.timeline = timeline;
    this.from = panel.firstRow(instrument);
    this.open = panel.values(Field.OPEN, instrument);
    this.high = panel.values(Field.HIGH, instrument);
    this.low = panel.values(Field.LOW, instrument);
    this.close = panel.values(Field.CLOSE, instrument);
    this.volume = column(panel, Field.VOLUME, instrument, close.length);
    this.reference = column(panel, Field.PRE_CLOSE, instrument, close.length);
  }

  private static double[] column(Panel panel, Field field, int instrument, int length) {
    if (panel.has(field)) {
      return panel.values(field, instrument);
    }
    double[] unknown = new double[length];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  LimitUpFact fact(int day) {
    return fact(day - from, true);
  }

  int sealedDays(int day, int window) {
    int sealed = 0;
    int left = window;
    for (int row = Math.min(day - from, close.length - 1); row >= 0 && left > 0; row--) {
      if (traded(row)) {
        left--;
        sealed += sealed(row) ? 1 : 0;
      }
    }
    return sealed;
  }

  private LimitUpFact fact(int row, boolean withStreak) {
    int streak = withStreak ? streak(row) : 0;
    if (row < 0 || row >= close.length) {
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
    boolean assumed = !isPositive(reference[row]);
    double base = assumed ? previousClose(row) : reference[row];
    Optional<Limits> found = limits(row, base);
    LimitStatus status =
        !traded(row) ? LimitStatus.NOT_TRADED : found.map(Limits::status).orElse(LimitStatus.UNKNOWN);
    return new LimitUpFact(
        status,
        found.flatMap(Limits::limits),
        base,
        assumed && isPositive(base),
        open[row],
        high[row],
        low[row],
        close[row],
        streak);
  }

  /** The limits of a row for which the rules are known: some or none. */
  private record Limits(Optional<PriceLimits> limits) {
    LimitStatus status() {
      return limits.isPresent() ? LimitStatus.LIMITED : LimitStatus.NO_LIMIT;
    }
  }

  private Optional<Limits> limits(int row, double base) {
    LocalDate date = days.get(from + row);
    Optional<SecurityStatus> status = timeline.flatMap(known -> known.on(date));
    Optional<Board> board = status.map(SecurityStatus::board).or(() -> boardOfCode);
    if (board.isEmpty()) {
      return Optional.empty();
    }
    RiskWarning warning = status.map(SecurityStatus::riskWarning).orElse(RiskWarning.NONE);
    boolean unreformed = status.filter(known -> UNREFORMED.matcher(known.name()).matches()).isPresent();
    Optional<BoardRules> rules = facts.rules(from + row, board.get(), warning, unreformed);
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    Optional<LimitRate> rate = rate(rules.get(), status, row);
    if (rate.isEmpty()) {
      return Optional.of(new Limits(Optional.empty()));
    }
    long tick = rules.get().tickMills();
    if (!isPositive(base) || PriceLimits.mills(base) < (tick + 1) / 2) {
      return Optional.empty();
    }
    return Optional.of(new Limits(Optional.of(rate.get().around(PriceLimits.mills(base), tick))));
  }

  private Optional<LimitRate> rate(BoardRules rules, Optional<SecurityStatus> status, int row) {
    int listingDay = status.flatMap(SecurityStatus::listDate).map(day -> daysSince(day, row)).orElse(0);
    if (listingDay > 0) {
      return rules.rate(LimitEvent.LISTING, listingDay);
    }
    if (rules.warning() == RiskWarning.DELISTING) {
      return rules.rate(LimitEvent.DELISTING, daysSince(delistingSince(days.get(from + row)), row));
    }
    return rules.rate(LimitEvent.LISTING, 0);
  }

  /** First day of the delisting consolidation period in which the date lies. */
  private LocalDate delistingSince(LocalDate date) {
    LocalDate since = date;
    List<SecurityStatus> statuses = timeline.map(SecurityTimeline::statuses).orElse(List.of());
    for (int i = statuses.size() - 1; i >= 0; i--) {
      SecurityStatus status = statuses.get(i);
      if (status.from().isAfter(date)) {
        continue;
      }
      if (status.riskWarning() != RiskWarning.DELISTING) {
        break;
      }
      since = status.from();
    }
    return since;
  }

  /**
   * Days of trading from an event to a row, the row included: 1 on the day of the event; 0 if it lies ahead, or further
   * back than any rule of first days reaches.
   */
  private int daysSince(LocalDate event, int row) {
    if (event.isAfter(days.get(from + row))) {
      return 0;
    }
    int at = Collections.binarySearch(days, event);
    int start = at >= 0 ? at : -at - 1;
    int count = 1 + (start == 0 ? weekdays(event, days.get(0)) : 0);
    for (int day = start; day < from + row && count <= RuleTables.MOST_FIRST_DAYS; day++) {
      count += day < from || traded(day - from) ? 1 : 0;
    }
    return count > RuleTables.MOST_FIRST_DAYS ? 0 : count;
  }

  /** Weekdays in {@code [start, end)}, counted no further than needed. */
  private static int weekdays(LocalDate start, LocalDate end) {
    int count = 0;
    for (LocalDate day = start;
        day.isBefore(end) && count <= RuleTables.MOST_FIRST_DAYS;
        day = day.plusDays(1)) {
      boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
      count += weekend ? 0 : 1;
    }
    return count;
  }

  private int streak(int row) {
    int streak = 0;
    for (int at = Math.min(row, close.length - 1); at >= 0; at--) {
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
    return fact(row, false).sealed();
  }

  private boolean traded(int row) {
    return isPositive(close[row]) && volume[row] != 0;
  }

  private double previousClose(int row) {
    for (int at = row - 1; at >= 0; at--) {
      if (traded(at)) {
        return close[at];
      }
    }
    return Double.NaN;
  }

  private static boolean isPositive(double price) {
    return price > 0 && PriceLimits.isPrice(price);
  }
}
