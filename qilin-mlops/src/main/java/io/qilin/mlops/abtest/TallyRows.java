package io.qilin.mlops.abtest;

import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums as rows: what is read is, bit for bit, what was written. */
final class TallyRows {
  private TallyRows() {}

  static Tally load(Connection connection, AbTestPlan plan, TestMetric metric) throws SQLException {
    double[] shares = new double[plan.arms().size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = plan.share(i);
    }
    Tally tally = new Tally(shares);
    Sql.list(
        connection,
        "SELECT * FROM ab_tally WHERE test = ? AND metric = ?",
        row -> {
          int arm = row.getInt("arm");
          tally.counts[arm] = row.getLong("calls");
          tally.means[arm] = row.getDouble("mean");
          tally.terms[arm] = row.getLong("terms");
          tally.effects[arm] = row.getDouble("effect");
          tally.squares[arm] = row.getDouble("squares");
          tally.surprises[arm] = row.getDouble("surprises");
          return arm;
        },
        plan.id(),
        metric.name());
    return tally;
  }

  static void save(Connection connection, AbTestPlan plan, TestMetric metric, Tally tally)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int arm = 0; arm < tally.counts.length; arm++) {
      rows.add(new Object[] {
        plan.id(),
        metric.name(),
        arm,
        tally.counts[arm],
        tally.means[arm],
        tally.terms[arm],
        tally.effects[arm],
        tally.squares[arm],
        tally.surprises[arm]
      });
    }
    Sql.updateAll(
        connection,
        "INSERT INTO ab_tally (test, metric, arm, calls, mean, terms, effect, squares, surprises)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (test, metric, arm) DO UPDATE SET"
            + " calls = excluded.calls, mean = excluded.mean, terms = excluded.terms,"
            + " effect = excluded.effect, squares = excluded.squares,"
            + " surprises = excluded.surprises",
        rows);
  }
}
