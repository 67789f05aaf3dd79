package io.qilin.mlops.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements with their arguments. {@code NaN} is stored as NULL: SQLite has no NaN. Texts, {@code Integer}, {@code Long},
 * {@code Double} and null are what an argument can be.
 */
public final class Sql {
  private Sql() {}

  /** Makes something of one row. */
  @FunctionalInterface
  public interface Row<T> {
    /** Reads the columns of the row that the set stands on. */
    T of(ResultSet columns) throws SQLException;
  }

  /** Runs a statement that changes rows; gives how many. */
  public static int update(Connection connection, String sql, @Nullable Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      return statement.executeUpdate();
    }
  }

  /** Runs one statement for many rows. */
  public static void updateAll(Connection connection, String sql, Iterable<@Nullable Object[]> rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
        if (++waiting == 1_000) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        statement.executeBatch();
      }
    }
  }

  /** All rows that a query finds. */
  public static <T> List<T> list(
      Connection connection, String sql, Row<T> row, @Nullable Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      try (ResultSet found = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(row.of(found));
        }
        return rows;
      }
    }
  }

  /** The first row that a query finds. */
  public static <T> Optional<T> first(
      Connection connection, String sql, Row<T> row, @Nullable Object... arguments)
      throws SQLException {
    List<T> rows = list(connection, sql, row, arguments);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  /** A number that may be NULL, which is {@code NaN}. */
  public static double number(ResultSet columns, String name) throws SQLException {
    double value = columns.getDouble(name);
    return columns.wasNull() ? Double.NaN : value;
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      if (argument instanceof Double number && number.isNaN()) {
        statement.setNull(i + 1, Types.DOUBLE);
      } else {
        statement.setObject(i + 1, argument);
      }
    }
  }
}
