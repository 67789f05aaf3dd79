package io.qilin.benchmarks;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The same five checks by DuckDB over the same table in its memory. */
final class DuckDbQuality implements AutoCloseable {
  private static final String SCAN = """
      SELECT count(*) FILTER (WHERE isnan(close)), count(*) FILTER (WHERE isnan(volume)),
        count(*) FILTER (WHERE NOT (low > 0 AND low <= open AND low <= close AND open <= high
          AND close <= high) OR isnan(open) OR isnan(high) OR isnan(low) OR isnan(close)),
        count(*) FILTER (WHERE open < 0 OR open > 10000)
      FROM bars""";
  private static final String DUPLICATES =
      "SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT inst, day FROM bars)) FROM bars";
  private static final String LATE = """
      SELECT count(*) FROM (SELECT max(day) AS newest FROM bars GROUP BY inst)
      WHERE newest < (SELECT max(day) FROM bars)""";

  private final Connection connection;

  private DuckDbQuality(Connection connection) {
    this.connection = connection;
  }

  static DuckDbQuality load(List<TableBatch> table, int threads) {
    try {
      DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET threads = " + threads);
        statement.execute("CREATE TABLE bars (inst INTEGER, day INTEGER, open DOUBLE, high DOUBLE,"
            + " low DOUBLE, close DOUBLE, volume DOUBLE, vwap DOUBLE)");
      }
      try (DuckDBAppender appender = connection.createAppender("bars")) {
        for (TableBatch batch : table) {
          append(batch, appender);
        }
      }
      return new DuckDbQuality(connection);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static void append(TableBatch batch, DuckDBAppender appender) throws SQLException {
    for (int row = 0; row < batch.columns().get(0).rows(); row++) {
      appender.beginRow();
      for (Column column : batch.columns()) {
        if (column instanceof IntColumn ints) {
          appender.append(ints.value(row));
        } else {
          appender.append(((DoubleColumn) column).value(row));
        }
      }
      appender.endRow();
    }
  }

  /** Close and volume missing, duplicates, contradicting prices, opens out of range, late instruments. */
  List<Long> judge() {
    try (Statement statement = connection.createStatement()) {
      long[] scan = row(statement, SCAN, 4);
      long duplicates = row(statement, DUPLICATES, 1)[0];
      long late = row(statement, LATE, 1)[0];
      return List.of(scan[0], scan[1], duplicates, scan[2], scan[3], late);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static long[] row(Statement statement, String sql, int columns) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      long[] row = new long[columns];
      for (int i = 0; i < columns; i++) {
        row[i] = result.getLong(i + 1);
      }
      return row;
    }
  }

  private static QilinException failure(SQLException e) {
    return new QilinException(ErrorCode.SYSTEM, "DuckDB failed: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
