package io.qilin.mlops.abtest;

import io.qilin.api.model.ModelId;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans as rows. */
final class PlanRows {
  private PlanRows() {}

  static void insert(Connection connection, AbTestPlan plan, Instant now) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO ab_test (id, salt, metric, margin, confidence, guarantee, least_sample,"
            + " least_days, look_every, ends, started) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        plan.id(),
        plan.salt(),
        plan.primary().metric().name(),
        plan.primary().margin(),
        plan.confidence(),
        plan.guarantee().name(),
        plan.leastSample(),
        plan.leastDays(),
        plan.lookEvery().toString(),
        plan.until().map(Instant::toString).orElse(null),
        now.toString());
    for (int i = 0; i < plan.arms().size(); i++) {
      Arm arm = plan.arms().get(i);
      Sql.update(
          connection,
          "INSERT INTO ab_arm (test, place, name, weight, model) VALUES (?, ?, ?, ?, ?)",
          plan.id(),
          i,
          arm.name(),
          arm.weight(),
          arm.model().map(ModelId::toString).orElse(null));
    }
    for (int i = 0; i < plan.guards().size(); i++) {
      MetricRule guard = plan.guards().get(i);
      Sql.update(
          connection,
          "INSERT INTO ab_guard (test, place, metric, margin) VALUES (?, ?, ?, ?)",
          plan.id(),
          i,
          guard.metric().name(),
          guard.margin());
    }
  }

  static Optional<AbTestPlan> find(Connection connection, String id) throws SQLException {
    List<Arm> arms = Sql.list(
        connection,
        "SELECT name, weight, model FROM ab_arm WHERE test = ? ORDER BY place",
        row -> new Arm(
            row.getString("name"),
            row.getDouble("weight"),
            Optional.ofNullable(row.getString("model")).map(ModelId::parse)),
        id);
    List<MetricRule> guards = Sql.list(
        connection,
        "SELECT metric, margin FROM ab_guard WHERE test = ? ORDER BY place",
        row -> new MetricRule(TestMetric.valueOf(row.getString("metric")), row.getDouble("margin")),
        id);
    return Sql.first(
        connection,
        "SELECT * FROM ab_test WHERE id = ?",
        row -> new AbTestPlan(
            id,
            row.getString("salt"),
            arms,
            new MetricRule(TestMetric.valueOf(row.getString("metric")), row.getDouble("margin")),
            guards,
            row.getDouble("confidence"),
            Guarantee.valueOf(row.getString("guarantee")),
            row.getInt("least_sample"),
            row.getInt("least_days"),
            Duration.parse(row.getString("look_every")),
            Optional.ofNullable(row.getString("ends")).map(Instant::parse)),
        id);
  }
}
