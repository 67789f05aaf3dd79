package io.qilin.agents.evaluation;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weights of analysts learnt from an earlier period, which only a later one may judge. The weight of an
 * analyst is half of 1 / number of analysts and half of its share in the sum of the positive mean rank
 * correlations; without any positive one all are equal. Drawing half-way to equal weights is what keeps
 * a short period from ruling.
 *
 * @param weights by analyst id; they add up to 1
 * @param learntUntil the last day on which something became known that was learnt
 */
public record WeightEstimate(Map<String, Double> weights, LocalDate learntUntil) {
  private static final int MIN_DAYS = 20;

  /** Copies the map. */
  public WeightEstimate {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
  }

  /**
   * How two sets of weights did in a period that neither was learnt from.
   *
   * @param before mean outcome of the fillable best of each day by the old weights
   * @param after the same by the new ones
   */
  public record Comparison(double before, double after) {}

  /**
   * Learns from a period.
   *
   * @param current the weights now, whose analysts are looked at
   * @throws QilinException INVALID_ARGUMENT without weights, or for fewer than 20 days
   */
  public static WeightEstimate learn(OutcomeTable table, Map<String, Double> current) {
    AnalystValue.check(current);
    int days = table.byDay().size();
    if (days < MIN_DAYS) {
      throw QilinException.invalid(
          "weights are learnt from at least " + MIN_DAYS + " days, not from " + days);
    }
    SortedMap<String, Double> gains = new TreeMap<>();
    for (String analyst : new TreeMap<>(current).keySet()) {
      double ic = AnalystValue.mean(AnalystValue.rankIcs(table, analyst));
      gains.put(analyst, ic > 0 ? ic : 0);
    }
    double sum = gains.values().stream().mapToDouble(Double::doubleValue).sum();
    double equal = 1.0 / gains.size();
    gains.replaceAll((analyst, gain) -> sum == 0 ? equal : 0.5 * equal + 0.5 * gain / sum);
    return new WeightEstimate(gains, table.knownUntil());
  }

  /**
   * Judges the weights by a later period.
   *
   * @param current the weights to compare with
   * @param n how many of each day are bought
   * @throws QilinException INVALID_ARGUMENT if the period is not later
   */
  public Comparison compare(OutcomeTable later, Map<String, Double> current, int n) {
    AnalystValue.check(current);
    later.requireAfter(learntUntil);
    return new Comparison(AnalystValue.top(later, current, n), AnalystValue.top(later, weights, n));
  }
}
