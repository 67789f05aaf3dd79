package io.qilin.core.performance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The return of a month or a year.
 *
 * @param period {@code 2016-03} or {@code 2016}
 * @param first the first day in it
 * @param last the last day in it
 * @param days how many days with a known return
 * @param total the account's return
 * @param benchmark the benchmark's; {@code NaN} unless known on each of these days
 * @param active the account's less the benchmark's
 * @param maxDrawdown the deepest fall within the period
 */
public record PeriodReturn(
    String period,
    LocalDate first,
    LocalDate last,
    int days,
    double total,
    double benchmark,
    double active,
    double maxDrawdown) {
  /** Checks that every part is there. */
  public PeriodReturn {
    Objects.requireNonNull(period, "period");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(last, "last");
  }

  /** One row for each period that has a day. */
  static List<PeriodReturn> of(
      ReturnSeries returns,
      ReturnSeries benchmark,
      Compounding compounding,
      Function<LocalDate, String> periodOf) {
    List<PeriodReturn> rows = new ArrayList<>();
    List<LocalDate> days = returns.days();
    int from = 0;
    for (int end = 1; end <= days.size(); end++) {
      String period = periodOf.apply(days.get(from));
      if (end == days.size() || !periodOf.apply(days.get(end)).equals(period)) {
        double[] own = Arrays.copyOfRange(returns.values(), from, end);
        double total = compounding.total(own);
        double other = compounding.total(Arrays.copyOfRange(benchmark.values(), from, end));
        rows.add(new PeriodReturn(
            period,
            days.get(from),
            days.get(end - 1),
            end - from,
            total,
            other,
            total - other,
            DrawdownPath.deepest(own, compounding)));
        from = end;
      }
    }
    return List.copyOf(rows);
  }
}
