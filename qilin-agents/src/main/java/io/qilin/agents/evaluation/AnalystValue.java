package io.qilin.agents.evaluation;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one analyst is worth to a desk.
 *
 * @param analyst id
 * @param days days on which it scored at least three shares of unequal outcome
 * @param rankIc mean over these days of the rank correlation (Spearman, ties at their mean rank) of its
 *     scores with the outcomes; {@code NaN} without such a day
 * @param rankIcError standard error of that mean; {@code NaN} below two days
 * @param valueAdded mean outcome of the fillable best n of each day by the weighted mean of all
 *     scores, less the same without this analyst
 */
public record AnalystValue(
    String analyst, long days, double rankIc, double rankIcError, double valueAdded) {
  private static final int MIN_SHARES = 3;

  /**
   * The value of every analyst that has a weight.
   *
   * @param weights by analyst id, positive
   * @param n how many of each day are bought
   * @return by id
   * @throws QilinException INVALID_ARGUMENT without a weight, for one that is not positive, or if n is not
   */
  public static List<AnalystValue> of(OutcomeTable table, Map<String, Double> weights, int n) {
    check(weights);
    double all = top(table, weights, n);
    List<AnalystValue> out = new ArrayList<>();
    for (String analyst : new TreeMap<>(weights).keySet()) {
      Map<String, Double> others = new TreeMap<>(weights);
      others.remove(analyst);
      double[] ics = rankIcs(table, analyst);
      double mean = mean(ics);
      out.add(new AnalystValue(
          analyst, ics.length, mean, error(ics, mean), all - top(table, others, n)));
    }
    return out;
  }

  static void check(Map<String, Double> weights) {
    if (weights.isEmpty() || !weights.values().stream().allMatch(w -> w > 0 && w < 1e9)) {
      throw QilinException.invalid(
          "weights are positive and there is at least one, were " + weights);
    }
  }

  /** Mean outcome of the fillable best of each day by the weighted mean of the scores. */
  static double top(OutcomeTable table, Map<String, Double> weights, int n) {
    return Precision.at(n, table, row -> mean(row, weights)).fillableOutcome();
  }

  private static double mean(OutcomeRow row, Map<String, Double> weights) {
    double sum = 0;
    double weight = 0;
    for (Map.Entry<String, Double> one : weights.entrySet()) {
      Double score = row.scores().get(one.getKey());
      sum += score == null ? 0 : one.getValue() * score;
      weight += score == null ? 0 : one.getValue();
    }
    return weight == 0 ? Double.NaN : sum / weight;
  }

  /** The rank correlation of each day that has one, in the order of days. */
  static double[] rankIcs(OutcomeTable table, String analyst) {
    List<Double> out = new ArrayList<>();
    for (List<OutcomeRow> day : table.byDay().values()) {
      List<OutcomeRow> own =
          day.stream().filter(row -> row.scores().containsKey(analyst)).toList();
      double[] scores = own.stream()
          .mapToDouble(row -> row.scores().getOrDefault(analyst, 0.0))
          .toArray();
      double[] outcomes = own.stream().mapToDouble(OutcomeRow::outcome).toArray();
      double ic = own.size() < MIN_SHARES ? Double.NaN : RankCorrelation.of(scores, outcomes);
      if (!Double.isNaN(ic)) {
        out.add(ic);
      }
    }
    return out.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? Double.NaN : sum / values.length;
  }

  private static double error(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double n = values.length;
    return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
  }
}
