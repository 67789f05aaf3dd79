package io.qilin.mlops.tracking;

import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What must be known of a run before it is changed.
 *
 * @param number of the run
 * @param experiment the number of its experiment
 * @param status its name
 * @param deleted whether it is put away
 * @param points how many points it has had
 */
record RunRow(int number, int experiment, String status, boolean deleted, long points) {
  static RunRow find(Connection connection, String id) throws SQLException {
    if (!TrackingIds.possible(id)) {
      throw TrackingErrors.noRun(id);
    }
    return Sql.first(
            connection,
            "SELECT number, experiment, status, deleted, points FROM tracking_run WHERE id = ?",
            row -> new RunRow(
                row.getInt("number"),
                row.getInt("experiment"),
                row.getString("status"),
                row.getInt("deleted") != 0,
                row.getLong("points")),
            id)
        .orElseThrow(() -> TrackingErrors.noRun(id));
  }

  /** One that takes more. */
  static RunRow open(Connection connection, String id) throws SQLException {
    RunRow run = find(connection, id);
    if (run.deleted()) {
      throw TrackingErrors.conflict("the run " + id + " is put away; restore it first");
    }
    return run;
  }
}
