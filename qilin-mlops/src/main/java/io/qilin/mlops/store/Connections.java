package io.qilin.mlops.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Where a database's connections come from and go to. Each has auto-commit off. */
interface Connections extends AutoCloseable {
  Connection take(boolean writing) throws SQLException;

  /** Takes one back; one that is not sound is thrown away. */
  void give(Connection connection, boolean writing, boolean sound);

  /** Keeps other processes from changing tables until the transaction ends. */
  void lockSchema(Connection connection) throws SQLException;

  @Override
  void close();
}
