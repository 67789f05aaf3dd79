package io.qilin.mlops.store;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections of the host's source; writers run as if one after the other. */
final class HostConnections implements Connections {
  private static final Logger LOG = LoggerFactory.getLogger(HostConnections.class);
  /** The key of the lock under which tables are changed: "qilin" in ASCII. */
  private static final long SCHEMA_LOCK = 0x71696c696eL;

  private final DataSource source;
  private volatile boolean closed;

  private HostConnections(DataSource source) {
    this.source = source;
  }

  static HostConnections open(DataSource source) {
    HostConnections made = new HostConnections(Objects.requireNonNull(source, "source"));
    try {
      Connection connection = made.take(false);
      try {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
          throw new QilinException(
              ErrorCode.UNSUPPORTED,
              "the store runs on PostgreSQL or on an SQLite file of its own, not on "
                  + QilinException.quote(product));
        }
      } finally {
        made.give(connection, false, true);
      }
    } catch (SQLException e) {
      throw StoreErrors.translate(e);
    }
    return made;
  }

  @Override
  public Connection take(boolean writing) throws SQLException {
    if (closed) {
      throw QilinException.invalid("the store is closed");
    }
    Connection connection = source.getConnection();
    try {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(
          writing ? Connection.TRANSACTION_SERIALIZABLE : Connection.TRANSACTION_REPEATABLE_READ);
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      give(connection, writing, false);
      throw e;
    }
  }

  @Override
  public void give(Connection connection, boolean writing, boolean sound) {
    try {
      if (!sound) {
        connection.abort(Runnable::run);
      }
      connection.close();
    } catch (SQLException e) {
      LOG.warn("a connection could not be given back to the host's source", e);
    }
  }

  @Override
  public void lockSchema(Connection connection) throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
