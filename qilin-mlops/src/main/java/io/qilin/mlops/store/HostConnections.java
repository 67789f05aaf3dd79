package io.qilin.mlops.store;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of the host's source. Writers hold one lock until their transaction ends, so that they run one after the other, in
 * all processes, as with SQLite: nobody loses a race, however many there are. Each statement of a writer sees what was committed
 * before it, which is all that the writers before left.
 */
final class HostConnections implements Connections {
  private static final Logger LOG = LoggerFactory.getLogger(HostConnections.class);
  /** The key of the writers' lock: "qilin" in ASCII. */
  private static final long WRITERS = 0x71696c696eL;

  private static final String LOCK = "SET LOCAL lock_timeout = '5s'; SELECT pg_advisory_xact_lock("
      + WRITERS + "); SET LOCAL lock_timeout TO DEFAULT";

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
        connection.rollback();
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
      connection.setAutoCommit(true);
      connection.setReadOnly(!writing);
      connection.setTransactionIsolation(
          writing ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      if (writing) {
        try (Statement lock = connection.createStatement()) {
          lock.execute(LOCK);
        }
      }
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      give(connection, writing, false);
      throw e;
    }
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    connection.rollback();
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
  public boolean hasTable(Connection connection, String name) throws SQLException {
    try (PreparedStatement look =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      look.setString(1, name);
      try (ResultSet found = look.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  /** The server's administrator has tools for this. */
  @Override
  public void verify(Connection connection) {}

  @Override
  public void close() {
    closed = true;
  }
}
