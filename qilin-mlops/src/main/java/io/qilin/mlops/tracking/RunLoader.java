package io.qilin.mlops.tracking;

import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunArtifact;
import io.qilin.api.model.RunStatus;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Loads runs by their numbers, with five queries however many they are. */
final class RunLoader {
  private static final String RUNS =
      "SELECT r.number, r.id, e.id AS experiment, r.name, p.id AS parent, r.owner, r.status,"
          + " r.started, r.ended, r.deleted FROM tracking_run r"
          + " JOIN tracking_experiment e ON e.number = r.experiment"
          + " LEFT JOIN tracking_run p ON p.number = r.parent WHERE r.number";

  private final Connection connection;
  private final Map<Integer, Run.Builder> runs = new LinkedHashMap<>();

  private RunLoader(Connection connection) {
    this.connection = connection;
  }

  /** The runs, in the order of the numbers; each is there. */
  static List<Run> load(Connection connection, List<Integer> numbers) throws SQLException {
    return numbers.isEmpty() ? List.of() : new RunLoader(connection).all(numbers);
  }

  private List<Run> all(List<Integer> numbers) throws SQLException {
    String in =
        numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", " IN (", ")"));
    Map<Integer, Run.Builder> found = new LinkedHashMap<>();
    Sql.list(connection, RUNS + in, row -> found.put(row.getInt("number"), head(row)));
    numbers.forEach(number -> {
      Run.Builder run = found.get(number);
      if (run != null) {
        runs.put(number, run);
      }
    });
    each(
        "SELECT run, key, value FROM tracking_param WHERE run" + in,
        (run, row) -> run.param(row.getString(2), row.getString(3)));
    each(
        "SELECT run, key, value FROM tracking_tag WHERE run" + in,
        (run, row) -> run.tag(row.getString(2), row.getString(3)));
    each(
        "SELECT run, key, step, value, time FROM tracking_latest WHERE run" + in,
        (run, row) -> run.metric(point(row, row.getString("key"))));
    each(
        "SELECT run, name, sha256, bytes FROM tracking_artifact WHERE run" + in,
        (run, row) -> run.artifact(artifact(row)));
    return runs.values().stream().map(Run.Builder::build).toList();
  }

  private static Run.Builder head(ResultSet row) throws SQLException {
    long end = row.getLong("ended");
    Optional<Instant> ended =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end));
    return Run.builder(
            row.getString("id"),
            row.getString("experiment"),
            row.getString("name"),
            Instant.ofEpochMilli(row.getLong("started")))
        .parent(Optional.ofNullable(row.getString("parent")))
        .owner(row.getString("owner"))
        .status(RunStatus.valueOf(row.getString("status")), ended)
        .deleted(row.getInt("deleted") != 0);
  }

  static MetricPoint point(ResultSet row, String key) throws SQLException {
    return new MetricPoint(
        key,
        Sql.number(row, "value"),
        row.getLong("step"),
        Instant.ofEpochMilli(row.getLong("time")));
  }

  static RunArtifact artifact(ResultSet row) throws SQLException {
    return new RunArtifact(row.getString("name"), row.getString("sha256"), row.getLong("bytes"));
  }

  /** Adds a row to a run. */
  private interface Adding {
    void add(Run.Builder run, ResultSet row) throws SQLException;
  }

  private void each(String sql, Adding adding) throws SQLException {
    Sql.list(connection, sql, row -> {
      Run.Builder run = runs.get(row.getInt(1));
      if (run != null) {
        adding.add(run, row);
      }
      return true;
    });
  }
}
