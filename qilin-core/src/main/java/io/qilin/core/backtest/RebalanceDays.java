package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** On which days a strategy decides anew; on the others it lets its holdings be. */
@FunctionalInterface
public interface RebalanceDays {
  /**
   * Whether the last day is such a day.
   *
   * @param days the trading days up to the day of the decision, ascending, at least one
   */
  boolean due(List<LocalDate> days);

  /** Every day. */
  static RebalanceDays daily() {
    return days -> true;
  }

  /**
   * Every n-th trading day from a day on: that day or the first one after it, the n-th after that,
   * and so on. What the history holds of earlier days does not matter, as long as it reaches back
   * to the first one; if it does not, its own first day stands in.
   *
   * @param n at least 1
   * @param first the first such day; none before it
   * @throws QilinException INVALID_ARGUMENT for an n below 1
   */
  static RebalanceDays every(int n, LocalDate first) {
    Objects.requireNonNull(first, "first");
    if (n < 1) {
      throw QilinException.invalid("a rebalance is every 1 days or more, was " + n);
    }
    return days -> {
      int at = Collections.binarySearch(days, first);
      int begin = at >= 0 ? at : -at - 1;
      return begin < days.size() && (days.size() - 1 - begin) % n == 0;
    };
  }

  /** The first trading day of each week, which begins on Monday. */
  static RebalanceDays weekly() {
    return days ->
        changes(days, day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
  }

  /** The first trading day of each month. */
  static RebalanceDays monthly() {
    return days -> changes(days, YearMonth::from);
  }

  private static boolean changes(List<LocalDate> days, Function<LocalDate, Object> period) {
    int last = days.size() - 1;
    return last == 0 || !period.apply(days.get(last)).equals(period.apply(days.get(last - 1)));
  }
}
