package io.qilin.core.portfolio;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What part of the account each share is to be: long only, the rest is cash. Immutable and safe to
 * share.
 *
 * @param weights fractions of the account by share, sorted, each positive, together at most 1; a
 *     share that is not named has the weight 0
 */
public record TargetWeights(SortedMap<Symbol, Double> weights) {
  /** How far the sum may be above 1: rounding, not leverage. */
  static final double SLACK = 1e-9;

  /** Everything in cash. */
  public static final TargetWeights CASH = of(Map.of());

  /**
   * Copies the map, without the weights of 0.
   *
   * @throws QilinException INVALID_ARGUMENT for a weight that is no number, negative or infinite,
   *     or a sum above 1
   */
  public TargetWeights {
    SortedMap<Symbol, Double> copy = new TreeMap<>();
    double sum = 0;
    for (Map.Entry<Symbol, Double> entry : weights.entrySet()) {
      double weight = entry.getValue();
      if (!(weight >= 0 && weight <= 1 + SLACK)) {
        throw QilinException.invalid("the weight of " + entry.getKey()
            + " is a fraction of the account in [0, 1], was " + weight);
      }
      if (weight > 0) {
        copy.put(entry.getKey(), weight);
        sum += weight;
      }
    }
    if (sum > 1 + SLACK) {
      throw QilinException.invalid("weights add up to at most 1, as nothing is borrowed; these "
          + copy.size() + " add up to " + sum + "; divide each by that");
    }
    weights = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Weights by share.
   *
   * @throws QilinException as the constructor
   */
  public static TargetWeights of(Map<Symbol, Double> weights) {
    return new TargetWeights(new TreeMap<>(weights));
  }

  /**
   * Weights in proportion to parts, none above a cap. What the cap takes from a share goes to the
   * others, in proportion again.
   *
   * @param parts one part a share, not negative, not all 0; shares with a part of 0 get nothing
   * @param total what the weights add up to, in (0, 1]
   * @param cap the largest weight, in (0, 1]
   * @throws QilinException INVALID_ARGUMENT for a part that is no finite number from 0, for no
   *     positive part, or if the cap leaves less than the total
   */
  public static TargetWeights proportional(Map<Symbol, Double> parts, double total, double cap) {
    WeightLimits.requireFraction(total, "the total");
    WeightLimits.requireFraction(cap, "the cap of a share");
    SortedMap<Symbol, Double> open = new TreeMap<>();
    parts.forEach((symbol, part) -> {
      if (!(part >= 0 && part < Double.POSITIVE_INFINITY)) {
        throw QilinException.invalid(
            "the part of " + symbol + " is a finite number from 0, was " + part);
      }
      if (part > 0) {
        open.put(symbol, part);
      }
    });
    Feasibility.requireRoom(open.size(), total, cap);
    return new TargetWeights(filled(open, total, cap));
  }

  private static SortedMap<Symbol, Double> filled(
      SortedMap<Symbol, Double> open, double total, double cap) {
    double largest = open.values().stream().mapToDouble(part -> part).max().orElse(1);
    open.replaceAll((symbol, part) -> part / largest);
    SortedMap<Symbol, Double> out = new TreeMap<>();
    double left = total;
    while (!open.isEmpty()) {
      double sum = open.values().stream().mapToDouble(part -> part).sum();
      double share = left / sum;
      int before = open.size();
      for (Symbol symbol : new TreeMap<>(open).keySet()) {
        if (open.getOrDefault(symbol, 0.0) * share >= cap) {
          open.remove(symbol);
          out.put(symbol, cap);
          left -= cap;
        }
      }
      if (open.size() == before) {
        open.forEach((symbol, part) -> out.put(symbol, Math.max(0, part * share)));
        open.clear();
      }
    }
    return out;
  }

  /** The weight of a share, 0 if it is not named. */
  public double of(Symbol symbol) {
    return weights.getOrDefault(symbol, 0.0);
  }

  /** The part of the account that is invested; the rest is cash. */
  public double invested() {
    double sum = 0;
    for (double weight : weights.values()) {
      sum += weight;
    }
    return sum;
  }
}
