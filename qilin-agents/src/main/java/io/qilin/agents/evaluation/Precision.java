package io.qilin.agents.evaluation;

import io.qilin.api.error.QilinException;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How many of the best of each day were hits. Those that could have been bought are counted apart: a
 * share that opens at limit-up is a hit that nobody had.
 *
 * @param n how many of each day are looked at
 * @param picks how many there were
 * @param hits how many of them were hits
 * @param fillable how many of the picks could have been bought
 * @param fillableHits how many of those were hits
 * @param fillableOutcome mean outcome of those that could have been bought; {@code NaN} if there are none
 */
public record Precision(
    int n, long picks, long hits, long fillable, long fillableHits, double fillableOutcome) {
  /**
   * Looks at the desk's order.
   *
   * @throws QilinException INVALID_ARGUMENT if n is not positive
   */
  public static Precision at(int n, OutcomeTable table) {
    return at(n, table, OutcomeRow::score);
  }

  /** Looks at another order; rows whose score is {@code NaN} are left out. */
  static Precision at(int n, OutcomeTable table, ToDoubleFunction<OutcomeRow> score) {
    if (n < 1) {
      throw QilinException.invalid("precision is of at least one share a day, not " + n);
    }
    Comparator<OutcomeRow> best = Comparator.comparingDouble(
            (OutcomeRow row) -> -score.applyAsDouble(row))
        .thenComparing(OutcomeRow::symbol);
    long picks = 0;
    long hits = 0;
    long fillable = 0;
    long fillableHits = 0;
    double sum = 0;
    for (List<OutcomeRow> day : table.byDay().values()) {
      List<OutcomeRow> top = day.stream()
          .filter(row -> !Double.isNaN(score.applyAsDouble(row)))
          .sorted(best)
          .limit(n)
          .toList();
      for (OutcomeRow row : top) {
        boolean hit = table.hit(row);
        picks++;
        hits += hit ? 1 : 0;
        if (row.fillable()) {
          fillable++;
          fillableHits += hit ? 1 : 0;
          sum += row.outcome();
        }
      }
    }
    double mean = fillable == 0 ? Double.NaN : sum / fillable;
    return new Precision(n, picks, hits, fillable, fillableHits, mean);
  }

  /** Hits among all picks; {@code NaN} without a pick. */
  public double precision() {
    return picks == 0 ? Double.NaN : hits / (double) picks;
  }

  /** Hits among the picks that could have been bought; {@code NaN} if there are none. */
  public double fillablePrecision() {
    return fillable == 0 ? Double.NaN : fillableHits / (double) fillable;
  }
}
