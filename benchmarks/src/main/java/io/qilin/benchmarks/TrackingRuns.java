package io.qilin.benchmarks;

import io.qilin.mlops.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Random;

/** Writes many runs at once, past the tracker, which forces the disk for every one. */
final class TrackingRuns {
  private final Random random = new Random(1);
  private final PreparedStatement run;
  private final PreparedStatement param;
  private final PreparedStatement tag;
  private final PreparedStatement latest;
  private final int experiment;

  private TrackingRuns(Connection connection) throws SQLException {
    this.experiment = number(connection);
    this.run = connection.prepareStatement("INSERT INTO tracking_run (number, id, experiment, name,"
        + " parent, owner, status, started, ended, deleted, points)"
        + " VALUES (?, ?, ?, ?, NULL, ?, ?, ?, NULL, 0, 3)");
    this.param = texts(connection, "tracking_param");
    this.tag = texts(connection, "tracking_tag");
    this.latest = connection.prepareStatement("INSERT INTO tracking_latest"
        + " (run, key, experiment, step, value, time) VALUES (?, ?, ?, 1, ?, 0)");
  }

  /** Fills the only experiment of a store with runs of three params, a tag and three metrics each. */
  static void write(Database database, int runs) {
    database.write(connection -> {
      TrackingRuns rows = new TrackingRuns(connection);
      for (int i = 1; i <= runs; i++) {
        rows.add(i);
        if (i % 1_000 == 0 || i == runs) {
          rows.flush();
        }
      }
      return rows.close();
    });
  }

  private static int number(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet found = select.executeQuery("SELECT number FROM tracking_experiment")) {
      found.next();
      return found.getInt(1);
    }
  }

  private static PreparedStatement texts(Connection connection, String table) throws SQLException {
    return connection.prepareStatement(
        "INSERT INTO " + table + " (run, key, experiment, head, value) VALUES (?, ?, ?, ?, ?)");
  }

  private void add(int i) throws SQLException {
    run.setInt(1, i);
    run.setString(2, String.format(Locale.ROOT, "%032x", i));
    run.setInt(3, experiment);
    run.setString(4, "run-" + i);
    run.setString(5, "host-" + i % 10);
    run.setString(6, i % 1_000 == 0 ? "RUNNING" : i % 50 == 0 ? "FAILED" : "FINISHED");
    run.setLong(7, 1_700_000_000_000L + i * 1_000L + random.nextInt(5_000));
    run.addBatch();
    text(param, i, "model", i % 3 == 0 ? "lgb" : "linear");
    text(param, i, "rate", String.valueOf(random.nextInt(1_000) / 1_000.0));
    text(param, i, "seed", String.valueOf(i));
    text(tag, i, "stage", i % 2 == 0 ? "a" : "b");
    metric(i, "ic", random.nextGaussian() * 0.03);
    metric(i, "up", i);
    metric(i, "down", -i);
  }

  private void text(PreparedStatement insert, int i, String key, String value) throws SQLException {
    insert.setInt(1, i);
    insert.setString(2, key);
    insert.setInt(3, experiment);
    insert.setString(4, value);
    insert.setString(5, value);
    insert.addBatch();
  }

  private void metric(int i, String key, double value) throws SQLException {
    latest.setInt(1, i);
    latest.setString(2, key);
    latest.setInt(3, experiment);
    latest.setDouble(4, value);
    latest.addBatch();
  }

  private void flush() throws SQLException {
    run.executeBatch();
    param.executeBatch();
    tag.executeBatch();
    latest.executeBatch();
  }

  private boolean close() throws SQLException {
    run.close();
    param.close();
    tag.close();
    latest.close();
    return true;
  }
}
