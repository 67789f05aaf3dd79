package io.qilin.mlops.tracking;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.RunArtifact;
import io.qilin.api.model.RunBatch;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what is logged to one run, inside a transaction. */
final class RunWriter {
  /** The most params, metrics, tags and artifacts of a run, each. */
  private static final int MOST_KEYS = 10_000;

  private final Connection connection;
  private final String id;
  private final RunRow run;

  RunWriter(Connection connection, String id, RunRow run) {
    this.connection = connection;
    this.id = id;
    this.run = run;
  }

  void write(RunBatch batch) throws SQLException {
    if (!batch.params().isEmpty()) {
      params(batch.params());
      requireRoom("tracking_param", "params");
    }
    if (!batch.metrics().isEmpty()) {
      metrics(batch.metrics());
      requireRoom("tracking_latest", "metrics");
    }
    if (!batch.tags().isEmpty()) {
      tags(batch.tags());
      requireRoom("tracking_tag", "tags");
    }
  }

  private void params(Map<String, String> params) throws SQLException {
    Map<String, String> known = new HashMap<>();
    Sql.list(
            connection,
            "SELECT key, value FROM tracking_param WHERE run = ?",
            row -> Map.entry(row.getString("key"), row.getString("value")),
            run.number())
        .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
    Map<String, String> fresh = new HashMap<>();
    params.forEach((key, value) -> {
      String before = known.get(key);
      if (before == null) {
        fresh.put(key, value);
      } else if (!before.equals(value)) {
        throw TrackingErrors.conflict("the param " + QilinException.quote(key) + " of the run " + id
            + " is " + QilinException.quote(before) + " and never changes, not to "
            + QilinException.quote(value) + "; begin another run");
      }
    });
    Sql.updateAll(
        connection,
        "INSERT INTO tracking_param (run, key, experiment, head, value) VALUES (?, ?, ?, ?, ?)",
        texts(fresh));
  }

  void tags(Map<String, String> tags) throws SQLException {
    Sql.updateAll(
        connection,
        "INSERT INTO tracking_tag (run, key, experiment, head, value) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT (run, key) DO UPDATE SET head = excluded.head, value = excluded.value",
        texts(tags));
  }

  private List<@Nullable Object[]> texts(Map<String, String> texts) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    texts.forEach((key, value) -> rows.add(new @Nullable Object[] {
      run.number(), key, run.experiment(), TrackingSchema.head(value), value
    }));
    return rows;
  }

  /** Every point, each with the next number of the run; and of each metric the last of its highest step. */
  private void metrics(List<MetricPoint> metrics) throws SQLException {
    List<@Nullable Object[]> points = new ArrayList<>();
    Map<String, MetricPoint> latest = new HashMap<>();
    long sequence = run.points();
    for (MetricPoint point : metrics) {
      points.add(new @Nullable Object[] {
        run.number(),
        point.key(),
        point.step(),
        sequence++,
        point.value(),
        point.time().toEpochMilli()
      });
      latest.merge(point.key(), point, (one, next) -> next.step() >= one.step() ? next : one);
    }
    Sql.updateAll(
        connection,
        "INSERT INTO tracking_metric (run, key, step, sequence, value, time) VALUES (?, ?, ?, ?, ?, ?)",
        points);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (MetricPoint point : latest.values()) {
      rows.add(new @Nullable Object[] {
        run.number(),
        point.key(),
        run.experiment(),
        point.step(),
        point.value(),
        point.time().toEpochMilli()
      });
    }
    Sql.updateAll(
        connection,
        "INSERT INTO tracking_latest (run, key, experiment, step, value, time) VALUES (?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (run, key) DO UPDATE SET step = excluded.step, value = excluded.value,"
            + " time = excluded.time WHERE excluded.step >= tracking_latest.step",
        rows);
    Sql.update(
        connection, "UPDATE tracking_run SET points = ? WHERE number = ?", sequence, run.number());
  }

  void artifact(RunArtifact artifact) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO tracking_artifact (run, name, sha256, bytes) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (run, name) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes",
        run.number(),
        artifact.name(),
        artifact.sha256(),
        artifact.bytes());
    requireRoom("tracking_artifact", "artifacts");
  }

  private void requireRoom(String table, String what) throws SQLException {
    long count = Sql.first(
            connection,
            "SELECT COUNT(*) AS count FROM " + table + " WHERE run = ?",
            row -> row.getLong("count"),
            run.number())
        .orElse(0L);
    if (count > MOST_KEYS) {
      throw TrackingErrors.tooMany(id, what, MOST_KEYS);
    }
  }
}
