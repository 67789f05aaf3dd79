package io.qilin.mlops.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is done inside one transaction. It may be run more than once, so it changes nothing but the database.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Work<T> {
  /**
   * Does it.
   *
   * @param connection for this call only; neither closed, committed nor rolled back by the work
   */
  T run(Connection connection) throws SQLException;
}
