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
  private ExchangeGain() {}

  /**
   * The most that a move gains, up to the next limit or kink: its slope times its length, as a
   * fraction of the largest slope; 0 at the optimum.
   */
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
    double penalty = limits.turnoverPenalty();
    for (int from = 0; from < n; from++) {
      for (int to = 0; to < n; to++) {
        double held = current.of(symbols.get(from));
        double wanted = current.of(symbols.get(to));
        double change = slope[to] - slope[from];
        change += w[to] >= wanted ? penalty : -penalty;
        change += w[from] <= held ? penalty : -penalty;
        double amount = room(symbols, w, limits, from, to);
        amount = Math.min(amount, penalty > 0 && w[from] > held ? w[from] - held : w[from]);
        amount = Math.min(amount, limits.nameCap() - w[to]);
        amount = penalty > 0 && w[to] < wanted ? Math.min(amount, wanted - w[to]) : amount;
        gain = Math.max(gain, from == to ? 0 : -change * amount);
      }
    }
    return gain / largest;
  }

  private static double room(
      List<Symbol> symbols, double[] w, WeightLimits limits, int from, int to) {
    String sector = limits.sectors().get(symbols.get(to));
    if (sector == null
        || !limits.sectorCaps().containsKey(sector)
        || sector.equals(limits.sectors().get(symbols.get(from)))) {
      return 1;
    }
    return limits.sectorCaps().get(sector) - sum(symbols, w, limits, sector);
  }

  static double sum(List<Symbol> symbols, double[] w, WeightLimits limits, String sector) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += sector.equals(limits.sectors().get(symbols.get(i))) ? w[i] : 0;
    }
    return sum;
  }
}
