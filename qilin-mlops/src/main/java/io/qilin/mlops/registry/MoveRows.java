package io.qilin.mlops.registry;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The history of moves, and the line of versions that were in production, the last one at its end. A promotion adds to the line, a
 * rollback cuts it, so that one rollback after the other goes further back.
 */
final class MoveRows {
  /** How far back a rollback can go. */
  static final int MAX_LINE = 1_000;

  private MoveRows() {}

  /** The next number of a move. It also makes those who move versions of one name wait for each other. */
  static Optional<Long> next(Connection connection, String name) throws SQLException {
    return Sql.first(
        connection,
        "UPDATE model SET moves = moves + 1 WHERE name = ? RETURNING moves",
        columns -> columns.getLong(1),
        name);
  }

  static void insert(Connection connection, StageMove move) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO model_move VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        move.id().name(),
        move.number(),
        move.id().version(),
        move.from().name(),
        move.to().name(),
        move.rollback() ? 1 : 0,
        move.at().toString(),
        move.reason().text(),
        RowJson.texts(move.reason().facts()));
  }

  static List<StageMove> last(Connection connection, String name, int limit) throws SQLException {
    return Sql.list(
        connection,
        "SELECT * FROM model_move WHERE name = ? ORDER BY number DESC LIMIT ?",
        columns -> move(name, columns),
        name,
        limit);
  }

  private static StageMove move(String name, ResultSet columns) throws SQLException {
    long number = columns.getLong("number");
    try {
      return new StageMove(
          new ModelId(name, columns.getInt("version")),
          number,
          ModelStage.valueOf(columns.getString("from_stage")),
          ModelStage.valueOf(columns.getString("to_stage")),
          columns.getInt("is_rollback") != 0,
          Instant.parse(columns.getString("moved")),
          new StageReason(
              columns.getString("reason"), RowJson.readTexts(columns.getString("facts"))));
    } catch (IllegalArgumentException | DateTimeException | QilinException e) {
      throw new QilinException(
          ErrorCode.STORE_DAMAGED,
          "the registry's row of move " + number + " of " + name
              + " is not what Qilin writes; restore the store from a backup",
          e);
    }
  }

  /** Adds the version to the end of the line. */
  static void extend(Connection connection, ModelId id) throws SQLException {
    long place = Sql.first(
            connection,
            "SELECT COALESCE(MAX(place), 0) + 1 FROM model_line WHERE name = ?",
            columns -> columns.getLong(1),
            id.name())
        .orElseThrow();
    Sql.update(
        connection, "INSERT INTO model_line VALUES (?, ?, ?)", id.name(), place, id.version());
    Sql.update(
        connection,
        "DELETE FROM model_line WHERE name = ? AND place <= ?",
        id.name(),
        place - MAX_LINE);
  }

  /** A place of the line. */
  record Place(long place, int version) {}

  /** The last place of the line that is another version than the one in production now. */
  static Optional<Place> previous(Connection connection, String name, int present)
      throws SQLException {
    return Sql.first(
        connection,
        "SELECT place, version FROM model_line WHERE name = ? AND version <> ?"
            + " ORDER BY place DESC LIMIT 1",
        columns -> new Place(columns.getLong(1), columns.getInt(2)),
        name,
        present);
  }

  /** Cuts the line, so that a place is its end. */
  static void cut(Connection connection, String name, long place) throws SQLException {
    Sql.update(connection, "DELETE FROM model_line WHERE name = ? AND place > ?", name, place);
  }
}
