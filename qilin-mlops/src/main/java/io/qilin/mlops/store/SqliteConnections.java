package io.qilin.mlops.store;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One connection that writes, and up to four that read at the same time.
 *
 * <p>Transactions are begun and ended by statements of their own: with auto-commit off, the driver begins the next one as soon as
 * one ends, so that an idle process would keep all others from writing for ever.
 */
final class SqliteConnections implements Connections {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteConnections.class);
  private static final int READERS = 4;
  private static final int BUSY_MILLIS = 5_000;

  private final Path file;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Semaphore reading = new Semaphore(READERS, true);
  private final Deque<Connection> readers = new ArrayDeque<>();
  /** Guarded by {@link #writing}. */
  private @Nullable Connection writer;

  private volatile boolean closed;

  private SqliteConnections(Path file) {
    this.file = file;
  }

  static SqliteConnections open(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the folder of the store " + whole + " is not there; make it before the store is opened");
    }
    if (whole.toString().indexOf('?') >= 0) {
      throw QilinException.invalid("the driver of SQLite takes no path with a question mark: "
          + whole + "; rename the folder");
    }
    SqliteConnections made = new SqliteConnections(whole);
    try {
      Connection connection = made.take(true);
      boolean sound = false;
      try {
        made.rollback(connection);
        sound = true;
      } finally {
        made.give(connection, true, sound);
      }
    } catch (SQLException e) {
      throw StoreErrors.translate(e);
    }
    return made;
  }

  @Override
  public Connection take(boolean toWrite) throws SQLException {
    Connection connection = idle(toWrite);
    try {
      // What is going to write takes its lock at once: later it could only fail.
      execute(connection, toWrite ? "BEGIN IMMEDIATE" : "BEGIN");
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      give(connection, toWrite, false);
      throw e;
    }
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    execute(connection, "ROLLBACK");
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (Statement plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }

  private Connection idle(boolean toWrite) throws SQLException {
    if (toWrite) {
      writing.lock();
      try {
        requireOpen();
        if (writer == null) {
          writer = connect(false);
        }
        return writer;
      } catch (SQLException | RuntimeException | Error e) {
        writing.unlock();
        throw e;
      }
    }
    reading.acquireUninterruptibly();
    try {
      requireOpen();
      Connection idle;
      synchronized (readers) {
        idle = readers.poll();
      }
      return idle == null ? connect(true) : idle;
    } catch (SQLException | RuntimeException | Error e) {
      reading.release();
      throw e;
    }
  }

  @Override
  public void give(Connection connection, boolean toWrite, boolean sound) {
    if (toWrite) {
      if (!sound || closed) {
        writer = null;
        discard(connection);
      }
      writing.unlock();
    } else {
      boolean kept = sound;
      synchronized (readers) {
        if (closed) {
          kept = false;
        }
        if (kept) {
          readers.push(connection);
        }
      }
      if (!kept) {
        discard(connection);
      }
      reading.release();
    }
  }

  @Override
  public boolean hasTable(Connection connection, String name) throws SQLException {
    try (PreparedStatement look = connection.prepareStatement(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")) {
      look.setString(1, name);
      try (ResultSet found = look.executeQuery()) {
        return found.next();
      }
    }
  }

  @Override
  public void verify(Connection connection) throws SQLException {
    try (Statement check = connection.createStatement();
        ResultSet said = check.executeQuery("PRAGMA integrity_check(1)")) {
      String first = said.next() ? said.getString(1) : "nothing";
      if (!first.equals("ok")) {
        throw new QilinException(
            ErrorCode.STORE_DAMAGED,
            "the store " + file + " is damaged: " + first + "; restore it from a backup");
      }
    }
  }

  @Override
  public void close() {
    synchronized (readers) {
      closed = true;
      readers.forEach(SqliteConnections::discard);
      readers.clear();
    }
    writing.lock();
    try {
      if (writer != null) {
        discard(writer);
        writer = null;
      }
    } finally {
      writing.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw QilinException.invalid("the store " + file + " is closed");
    }
  }

  private Connection connect(boolean toRead) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try {
      if (toRead) {
        execute(connection, "PRAGMA query_only = 1");
      }
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      discard(connection);
      throw e;
    }
  }

  private static void discard(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.warn("a connection to the store could not be closed", e);
    }
  }
}
