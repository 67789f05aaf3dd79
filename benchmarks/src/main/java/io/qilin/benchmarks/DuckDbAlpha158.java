package io.qilin.benchmarks;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Alpha158 by DuckDB: the panel is a table in memory, the features are made by one statement into another. Each run drops
 * the table of the run before. Not safe for use by several threads.
 */
final class DuckDbAlpha158 implements AutoCloseable {
  private static final List<Field> FIELDS =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME, Field.VWAP);
  private static final String RUN =
      "CREATE OR REPLACE TABLE alpha158 AS " + Alpha158Sql.statement();

  private final Connection connection;
  private final int instruments;
  private final int days;

  private DuckDbAlpha158(Connection connection, Panel panel) {
    this.connection = connection;
    this.instruments = panel.symbols().size();
    this.days = panel.days().size();
  }

  /**
   * Opens a database in memory and loads the panel; {@code NaN} becomes {@code NULL}.
   *
   * @param threads that DuckDB may use
   */
  static DuckDbAlpha158 load(Panel panel, int threads) {
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:");
      DuckDbAlpha158 database = new DuckDbAlpha158(connection, panel);
      database.execute("SET threads = " + threads);
      database.execute("CREATE TABLE panel (i INTEGER, d INTEGER, open DOUBLE, high DOUBLE,"
          + " low DOUBLE, close DOUBLE, volume DOUBLE, vwap DOUBLE)");
      database.fill(panel);
      return database;
    } catch (SQLException e) {
      throw failed("load the panel", e);
    }
  }

  private void fill(Panel panel) throws SQLException {
    try (DuckDBAppender appender =
        connection.unwrap(DuckDBConnection.class).createAppender("panel")) {
      for (int i = 0; i < instruments; i++) {
        for (int d = 0; d < days; d++) {
          appender.beginRow().append(i).append(d);
          for (Field field : FIELDS) {
            double value = panel.value(field, i, d);
            if (Double.isNaN(value)) {
              appender.appendNull();
            } else {
              appender.append(value);
            }
          }
          appender.endRow();
        }
      }
    }
  }

  /** Computes all features. */
  void compute() {
    try {
      execute(RUN);
    } catch (SQLException e) {
      throw failed("compute Alpha158", e);
    }
  }

  /** A feature after {@link #compute}, instrument by instrument, {@code NaN} for {@code NULL}. */
  double[] column(String feature) {
    double[] values = new double[instruments * days];
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT i, d, " + feature + " FROM alpha158")) {
      while (rows.next()) {
        double value = rows.getDouble(3);
        values[rows.getInt(1) * days + rows.getInt(2)] = rows.wasNull() ? Double.NaN : value;
      }
      return values;
    } catch (SQLException e) {
      throw failed("read " + feature, e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static QilinException failed(String what, SQLException cause) {
    return new QilinException(
        ErrorCode.SYSTEM, "DuckDB could not " + what + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed("close", e);
    }
  }
}
