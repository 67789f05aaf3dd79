package io.qilin.mlops.store;

import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * A database with transactions: an SQLite file of its own, or PostgreSQL through a {@link DataSource} of the host. What {@link
 * #write} returned has survived when the process or the machine stops in the next moment: SQLite runs in WAL mode with {@code
 * synchronous=FULL}.
 *
 * <p>Several processes may share one SQLite file on a local disk: one writes at a time, the others wait up to five seconds. Over
 * a network drive use PostgreSQL. SQLite's native library is unpacked into {@code java.io.tmpdir}.
 *
 * <p>Safe to share between threads.
 */
public final class Database implements AutoCloseable {
  private static final int ATTEMPTS = 20;

  private final Connections connections;
  /** The threads that are in a transaction: a second one would wait for the first, or commit half of it. */
  private final Set<Thread> inside = ConcurrentHashMap.newKeySet();

  private Database(Connections connections) {
    this.connections = connections;
  }

  /**
   * Opens an SQLite file, made when it is not there. Its folder must be.
   *
   * @throws QilinException DATA_NOT_FOUND if the folder is not there; STORE_DAMAGED if the file is no SQLite database;
   *     STORE_UNAVAILABLE or IO if it cannot be opened
   */
  public static Database sqlite(Path file) {
    return new Database(SqliteConnections.open(file));
  }

  /**
   * Uses a database of the host, which keeps and closes the source. Made for PostgreSQL 12 or later; give a source with a pool.
   *
   * @throws QilinException STORE_UNAVAILABLE if it cannot be reached; UNSUPPORTED if it is another kind of database
   */
  public static Database of(DataSource source) {
    return new Database(HostConnections.open(source));
  }

  /**
   * Reads, in one transaction: all that the work sees is of one moment.
   *
   * @throws QilinException STORE_UNAVAILABLE, STORE_DAMAGED, IO or RESOURCE_EXHAUSTED as the database has it; what the work
   *     throws; INVALID_ARGUMENT after {@link #close}, and inside another transaction of the same thread
   */
  public <T> T read(Work<T> work) {
    return transaction(false, Objects.requireNonNull(work, "work"));
  }

  /**
   * Writes, in one transaction: all of the work or nothing. It is as if writers ran one after the other. When it returns, what
   * was written is on the disk; when it throws, nothing was written.
   *
   * @throws QilinException as {@link #read}; nothing is written then
   */
  public <T> T write(Work<T> work) {
    return transaction(true, Objects.requireNonNull(work, "work"));
  }

  /**
   * Brings the tables of a part to the version that this code knows.
   *
   * @throws QilinException STORE_VERSION if the database has a newer one
   */
  public void require(Schema schema) {
    if (read(connection -> known(connection, schema.part())).orElse(-1)
        == schema.steps().size()) {
      return;
    }
    write(connection -> {
      execute(
          connection,
          "CREATE TABLE IF NOT EXISTS qilin_schema (part TEXT PRIMARY KEY, version INTEGER NOT NULL)");
      int from = known(connection, schema.part()).orElse(0);
      int to = schema.steps().size();
      if (from > to) {
        throw StoreErrors.newer(schema.part(), from, to);
      }
      for (int step = from; step < to; step++) {
        for (String statement : schema.steps().get(step)) {
          execute(connection, statement);
        }
      }
      try (PreparedStatement upsert =
          connection.prepareStatement("INSERT INTO qilin_schema (part, version) VALUES (?, ?)"
              + " ON CONFLICT (part) DO UPDATE SET version = excluded.version")) {
        upsert.setString(1, schema.part());
        upsert.setInt(2, to);
        upsert.executeUpdate();
      }
      return to;
    });
  }

  /**
   * Reads all of an SQLite file and compares its tables with their indices; takes about a second for 100 MB. SQLite keeps no
   * checksums: a bit that flipped inside a text is not found. Of a database of the host nothing is checked.
   *
   * @throws QilinException STORE_DAMAGED if something is found
   */
  public void verify() {
    read(connection -> {
      connections.verify(connection);
      return true;
    });
  }

  /** Closes the connections that are its own; what runs is let end. Closing again does nothing. */
  @Override
  public void close() {
    connections.close();
  }

  private OptionalInt known(Connection connection, String part) throws SQLException {
    if (!connections.hasTable(connection, "qilin_schema")) {
      return OptionalInt.empty();
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT version FROM qilin_schema WHERE part = ?")) {
      select.setString(1, part);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? OptionalInt.of(found.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (Statement plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }

  private <T> T transaction(boolean writing, Work<T> work) {
    Thread thread = Thread.currentThread();
    if (!inside.add(thread)) {
      throw QilinException.invalid(
          "a transaction inside a transaction; use the connection that the outer one was given");
    }
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return once(writing, work);
        } catch (SQLException e) {
          if (attempt == ATTEMPTS || !StoreErrors.lostRace(e)) {
            throw StoreErrors.translate(e);
          }
        }
      }
    } finally {
      inside.remove(thread);
    }
  }

  private <T> T once(boolean writing, Work<T> work) throws SQLException {
    Connection connection = connections.take(writing);
    boolean sound = false;
    try {
      T result = work.run(connection);
      connections.commit(connection);
      sound = true;
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      sound = rolledBack(connection, e) && !StoreErrors.ofDisk(e);
      throw e;
    } finally {
      connections.give(connection, writing, sound);
    }
  }

  private boolean rolledBack(Connection connection, Throwable cause) {
    try {
      connections.rollback(connection);
      return true;
    } catch (SQLException e) {
      cause.addSuppressed(e);
      return false;
    }
  }
}
