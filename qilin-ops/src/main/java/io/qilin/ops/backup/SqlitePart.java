package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * An SQLite file, by {@code VACUUM INTO}: the copy is of one moment while others write, and has no journal beside it.
 *
 * <p>In WAL mode, as Qilin's own stores have it, writers do not wait for the copy. A copy has no row numbers that can be relied
 * on, except in tables with an {@code INTEGER PRIMARY KEY}. Safe to share between threads: it opens a connection for each call.
 */
public final class SqlitePart implements BackupPart {
  private static final int MOST_FAULTS = 1;

  private final String name;
  private final Path file;
  private final Opener opener;

  /** Opens SQLite files: {@code file -> DriverManager.getConnection("jdbc:sqlite:" + file)}. */
  @FunctionalInterface
  public interface Opener {
    /** A new connection in auto-commit mode, which the part closes. */
    Connection open(Path file) throws SQLException;
  }

  private SqlitePart(String name, Path file, Opener opener) {
    this.name = name;
    this.file = file;
    this.opener = opener;
  }

  /**
   * A part of one file, which keeps its name in the copy.
   *
   * @param name as {@link BackupPart#name}
   * @param file the store
   * @param opener also opens the copies, to check them
   */
  public static SqlitePart of(String name, Path file, Opener opener) {
    SafeName.path(Disk.name(file));
    return new SqlitePart(
        SafeName.part(name),
        file.toAbsolutePath().normalize(),
        Objects.requireNonNull(opener, "opener"));
  }

  @Override
  public String name() {
    return name;
  }

  /** {@inheritDoc} */
  @Override
  public void snapshot(Path into) throws SQLException {
    requireThere(file);
    try (Connection connection = opener.open(file);
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, into.resolve(Disk.name(file)).toAbsolutePath().toString());
      copy.execute();
    }
  }

  /** {@inheritDoc} By {@code integrity_check} and {@code foreign_key_check}, which read all of it. */
  @Override
  public String verify(Path copy) throws SQLException {
    Path database = copy.resolve(Disk.name(file));
    requireThere(database);
    try (Connection connection = opener.open(database);
        Statement ask = connection.createStatement()) {
      ask.execute("PRAGMA query_only = 1");
      String said = first(ask, "PRAGMA integrity_check(" + MOST_FAULTS + ")");
      if (!said.equals("ok")) {
        throw BackupErrors.damaged(database + " is damaged: " + said);
      }
      String orphan = first(ask, "PRAGMA foreign_key_check");
      if (!orphan.isEmpty()) {
        throw BackupErrors.damaged(
            database + " has a row in the table " + orphan + " that refers to none");
      }
      return first(ask, "SELECT count(*) FROM sqlite_master WHERE type = 'table'") + " tables";
    }
  }

  /** The first column of the first row, or nothing. */
  private static String first(Statement ask, String question) throws SQLException {
    try (ResultSet rows = ask.executeQuery(question)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  /** The driver would make an empty database of a name that is not there. */
  private static void requireThere(Path file) {
    if (file.toString().indexOf('?') >= 0) {
      throw QilinException.invalid(
          "the driver of SQLite takes no path with a question mark: " + file);
    }
    if (!Files.isRegularFile(file)) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no SQLite file " + file);
    }
  }
}
