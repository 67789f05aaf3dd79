package io.qilin.mlops.abtest;

import io.qilin.mlops.internal.LongRunVariance;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The days' profits of one arm less those of the control. Their mean has an interval of ± √(V/T)·√(a² + ln(T/m)) with V the
 * long-run variance, T the days and m the least days ({@link Boundary#delayed}). It holds in the limit, for differences that are
 * stationary, have more than two moments, and forget what was weeks ago; so m is not to be small.
 */
final class ProfitDays {
  private final double[] differences;

  private ProfitDays(double[] differences) {
    this.differences = differences;
  }

  static ProfitDays of(double[] differences) {
    return new ProfitDays(differences);
  }

  static ProfitDays load(Connection connection, String test, int arm) throws SQLException {
    List<Double> differences = Sql.list(
        connection,
        "SELECT a.profit - c.profit AS apart FROM ab_day a JOIN ab_day c"
            + " ON c.test = a.test AND c.day = a.day AND c.arm = 0"
            + " WHERE a.test = ? AND a.arm = ? ORDER BY a.day",
        row -> row.getDouble("apart"),
        test,
        arm);
    return new ProfitDays(differences.stream().mapToDouble(Double::doubleValue).toArray());
  }

  int days() {
    return differences.length;
  }

  double mean() {
    double mean = 0;
    for (int t = 0; t < differences.length; t++) {
      mean += (differences[t] - mean) / (t + 1);
    }
    return differences.length == 0 ? Double.NaN : mean;
  }

  double halfWidth(Boundary boundary, double start) {
    double variance = LongRunVariance.of(differences, differences.length);
    return Double.isNaN(variance)
        ? Double.POSITIVE_INFINITY
        : Math.sqrt(variance / differences.length) * boundary.delayed(differences.length, start);
  }
}
