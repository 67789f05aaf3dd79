package io.qilin.core.portfolio;

import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Map;

/**
 * The conditions of Karush, Kuhn and Tucker, in a form that asks for no multipliers: the limits are
 * a budget, bounds and disjoint sectors, so every feasible change is a sum of moves from one share
 * to another. The weights are optimal exactly if no such move lowers the objective.
 */
final class ExchangeGain {
  private static final double TIGHT = 1e-9;

  private ExchangeGain() {}

  /** The most that a small move gains, as a fraction of the largest slope; 0 at the optimum. */
  static double of(
      Covariance covariance,
      double riskAversion,
      Map<Symbol, Double> expected,
      TargetWeights current,
      WeightLimits limits,
      TargetWeights weights) {
    List<Symbol> symbols = covariance.symbols();
    int n = symbols.size();
    double[] w = symbols.stream().mapToDouble(weights::of).toArray();
    double[] slope = covariance.times(w);
    double largest = limits.turnoverPenalty();
    for (int i = 0; i < n; i++) {
      slope[i] = riskAversion * slope[i] - expected.getOrDefault(symbols.get(i), 0.0);
      largest = Math.max(largest, Math.abs(slope[i]));
    }
    double gain = 0;
    for (int from = 0; from < n; from++) {
      for (int to = 0; to < n; to++) {
        boolean may = from != to
            && w[from] > TIGHT
            && w[to] < limits.nameCap() - TIGHT
            && room(symbols, w, limits, from, to);
        if (may) {
          double change = slope[to] - slope[from];
          double k = limits.turnoverPenalty();
          change += w[to] >= current.of(symbols.get(to)) - TIGHT ? k : -k;
          change += w[from] <= current.of(symbols.get(from)) + TIGHT ? k : -k;
          gain = Math.max(gain, -change);
        }
      }
    }
    return gain / largest;
  }

  private static boolean room(
      List<Symbol> symbols, double[] w, WeightLimits limits, int from, int to) {
    String sector = limits.sectors().get(symbols.get(to));
    if (sector == null
        || !limits.sectorCaps().containsKey(sector)
        || sector.equals(limits.sectors().get(symbols.get(from)))) {
      return true;
    }
    return sum(symbols, w, limits, sector) < limits.sectorCaps().get(sector) - TIGHT;
  }

  static double sum(List<Symbol> symbols, double[] w, WeightLimits limits, String sector) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += sector.equals(limits.sectors().get(symbols.get(i))) ? w[i] : 0;
    }
    return sum;
  }
}
