package io.qilin.mlops.tracking;

import io.qilin.api.model.Experiment;
import io.qilin.api.model.Page;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads experiments. */
final class Experiments {
  private static final String COLUMNS =
      "SELECT number, id, name, created, deleted FROM tracking_experiment";

  /** What stands in its own table. */
  private record Row(int number, String id, String name, long created, boolean deleted) {}

  private Experiments() {}

  static Optional<Experiment> byName(Connection connection, String name) throws SQLException {
    List<Row> rows = Sql.list(connection, COLUMNS + " WHERE name = ?", Experiments::row, name);
    return rows.isEmpty() ? Optional.empty() : Optional.of(whole(connection, rows.get(0)));
  }

  /** The number of one that takes runs. */
  static int open(Connection connection, String id) throws SQLException {
    Row row = find(connection, id);
    if (row.deleted()) {
      throw TrackingErrors.conflict("the experiment " + id + " is put away; restore it first");
    }
    return row.number();
  }

  /** The number of one, put away or not. */
  static int number(Connection connection, String id) throws SQLException {
    return find(connection, id).number();
  }

  private static Row find(Connection connection, String id) throws SQLException {
    if (!TrackingIds.possible(id)) {
      throw TrackingErrors.noExperiment(id);
    }
    return Sql.first(connection, COLUMNS + " WHERE id = ?", Experiments::row, id)
        .orElseThrow(() -> TrackingErrors.noExperiment(id));
  }

  static Page<Experiment> page(Connection connection, boolean deleted, int size, int after)
      throws SQLException {
    List<Row> rows = Sql.list(
        connection,
        COLUMNS + " WHERE deleted = ? AND number > ? ORDER BY number LIMIT ?",
        Experiments::row,
        deleted ? 1 : 0,
        after,
        size + 1);
    boolean more = rows.size() > size;
    List<Experiment> items = new ArrayList<>();
    for (Row row : more ? rows.subList(0, size) : rows) {
      items.add(whole(connection, row));
    }
    return new Page<>(
        items, more ? Optional.of(String.valueOf(rows.get(size - 1).number())) : Optional.empty());
  }

  /** Reads the token of a page. */
  static int number(String token) {
    try {
      return Integer.parseInt(token);
    } catch (NumberFormatException e) {
      var bad = TrackingErrors.badToken(token);
      bad.addSuppressed(e);
      throw bad;
    }
  }

  private static Experiment whole(Connection connection, Row row) throws SQLException {
    Map<String, String> tags = new LinkedHashMap<>();
    Sql.list(
            connection,
            "SELECT key, value FROM tracking_experiment_tag WHERE experiment = ?",
            tag -> Map.entry(tag.getString("key"), tag.getString("value")),
            row.number())
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return new Experiment(
        row.id(), row.name(), Instant.ofEpochMilli(row.created()), row.deleted(), tags);
  }

  private static Row row(ResultSet columns) throws SQLException {
    return new Row(
        columns.getInt("number"),
        columns.getString("id"),
        columns.getString("name"),
        columns.getLong("created"),
        columns.getInt("deleted") != 0);
  }
}
