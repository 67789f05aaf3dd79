package io.qilin.mlops.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Where a database's connections come from and go to, and how their transactions begin and end. */
interface Connections extends AutoCloseable {
  /** One whose transaction has begun; those that write do so one after the other. */
  Connection take(boolean writing) throws SQLException;

  /** Ends the transaction and keeps what it wrote. */
  void commit(Connection connection) throws SQLException;

  /** Ends the transaction as if it had not been. */
  void rollback(Connection connection) throws SQLException;

  /** Takes one back; one that is not sound is thrown away. */
  void give(Connection connection, boolean writing, boolean sound);

  /** Whether there is a table of this name where statements look for it. */
  boolean hasTable(Connection connection, String name) throws SQLException;

  /** Reads all of the file and its indices, where it is the store's own. */
  void verify(Connection connection) throws SQLException;

  @Override
  void close();
}
