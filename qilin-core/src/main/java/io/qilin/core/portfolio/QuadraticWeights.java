package io.qilin.core.portfolio;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.core.portfolio.QuadraticProgram.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The weights that minimise ½ λ w'Σw − w'μ + κ Σ|w − w₀| within limits. Without κ the variables are
 * the weights; with it they are what is bought and what is sold of each share.
 */
final class QuadraticWeights {
  private final Covariance covariance;
  private final double riskAversion;
  private final WeightLimits limits;
  private final int n;
  private final double[] lower;
  private final double[] upper;
  /** Sums of weights that equal a number, and that are at most a number. */
  private final List<Row> equal = new ArrayList<>();

  private final List<Row> atMost = new ArrayList<>();

  private QuadraticWeights(Covariance covariance, double riskAversion, WeightLimits limits) {
    this.covariance = covariance;
    this.riskAversion = riskAversion;
    this.limits = limits;
    n = covariance.symbols().size();
    lower = new double[n];
    upper = new double[n];
    Arrays.fill(upper, limits.nameCap());
    limit();
  }

  static TargetWeights of(
      Covariance covariance,
      double[] expected,
      double riskAversion,
      TargetWeights current,
      WeightLimits limits) {
    QuadraticWeights problem = new QuadraticWeights(covariance, riskAversion, limits);
    double[] weights = limits.turnoverPenalty() > 0
        ? problem.byTrades(expected, current)
        : problem.direct(expected);
    SortedMap<Symbol, Double> named = new TreeMap<>();
    for (int i = 0; i < weights.length; i++) {
      named.put(covariance.symbols().get(i), Math.max(0, weights[i]));
    }
    return TargetWeights.of(named);
  }

  /** Checks that there is room, and fixes what is fixed where there is just enough. */
  private void limit() {
    SortedMap<String, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      String sector = limits.sectors().get(covariance.symbols().get(i));
      if (sector != null && limits.sectorCaps().containsKey(sector)) {
        members.computeIfAbsent(sector, s -> new ArrayList<>()).add(i);
        upper[i] = Math.min(upper[i], limits.sectorCaps().getOrDefault(sector, 1.0));
      }
    }
    Feasibility.requireRoom(n, limits.invested(), limits.nameCap());
    double room = n * limits.nameCap();
    for (Map.Entry<String, List<Integer>> sector : members.entrySet()) {
      double cap = limits.sectorCaps().getOrDefault(sector.getKey(), 1.0);
      double names = sector.getValue().size() * limits.nameCap();
      room -= Math.max(0, names - cap);
    }
    double spare = room - limits.invested();
    if (spare < -Feasibility.SLACK) {
      throw QilinException.invalid("the sector caps " + limits.sectorCaps() + " and nameCap "
          + Feasibility.number(limits.nameCap()) + " let " + n + " shares make up at most "
          + Feasibility.number(room) + " of the account, but "
          + Feasibility.number(limits.invested())
          + " is to be invested; raise the caps, or set invested to at most "
          + Feasibility.number(room));
    }
    boolean tight = spare <= Feasibility.SLACK;
    boolean[] grouped = new boolean[n];
    for (Map.Entry<String, List<Integer>> sector : members.entrySet()) {
      double cap = limits.sectorCaps().getOrDefault(sector.getKey(), 1.0);
      if (sector.getValue().size() * limits.nameCap() > cap) {
        sector.getValue().forEach(i -> grouped[i] = true);
        (tight ? equal : atMost).add(new Row(indicator(sector.getValue()), cap));
      }
    }
    if (!tight) {
      double[] all = new double[n];
      Arrays.fill(all, 1);
      equal.add(new Row(all, limits.invested()));
    }
    for (int i = 0; tight && i < n; i++) {
      lower[i] = grouped[i] ? 0 : upper[i];
    }
  }

  private double[] indicator(List<Integer> places) {
    double[] out = new double[n];
    places.forEach(i -> out[i] = 1);
    return out;
  }

  private double[] hessian() {
    double[] q = covariance.flat();
    for (int i = 0; i < q.length; i++) {
      q[i] *= riskAversion;
    }
    return q;
  }

  private double[] direct(double[] expected) {
    double[] c = new double[n];
    for (int i = 0; i < n; i++) {
      c[i] = -expected[i];
    }
    return new QuadraticProgram(hessian(), c, lower, upper, equal, atMost).solve();
  }

  private double[] byTrades(double[] expected, TargetWeights current) {
    double[] held = covariance.symbols().stream().mapToDouble(current::of).toArray();
    double[] q = hessian();
    double[] pull = Vectors.times(q, held);
    int m = 2 * n;
    double[] tradeQ = new double[m * m];
    double[] c = new double[m];
    double[] least = new double[m];
    double[] most = new double[m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double value = q[i * n + j];
        tradeQ[i * m + j] = value;
        tradeQ[i * m + n + j] = -value;
        tradeQ[(n + i) * m + j] = -value;
        tradeQ[(n + i) * m + n + j] = value;
      }
      c[i] = pull[i] - expected[i] + limits.turnoverPenalty();
      c[n + i] = expected[i] - pull[i] + limits.turnoverPenalty();
      least[i] = Math.max(0, lower[i] - held[i]);
      most[i] = Math.max(0, upper[i] - held[i]);
      least[n + i] = Math.max(0, held[i] - upper[i]);
      most[n + i] = Math.max(0, held[i] - lower[i]);
    }
    double[] trades = new QuadraticProgram(
            tradeQ, c, least, most, traded(equal, held), traded(atMost, held))
        .solve();
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[i] = held[i] + trades[i] - trades[n + i];
    }
    return weights;
  }

  private List<Row> traded(List<Row> rows, double[] held) {
    List<Row> out = new ArrayList<>();
    for (Row row : rows) {
      double[] factors = new double[2 * n];
      for (int i = 0; i < n; i++) {
        factors[i] = row.factors[i];
        factors[n + i] = -row.factors[i];
      }
      out.add(new Row(factors, row.value - Vectors.dot(row.factors, held)));
    }
    return out;
  }
}
