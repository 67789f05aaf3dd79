package io.qilin.mlops.store;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error of a database means to a caller. */
final class StoreErrors {
  /** Serialization failure and deadlock of PostgreSQL. */
  private static final Set<String> LOST_RACE = Set.of("40001", "40P01");

  private StoreErrors() {}

  /** Whether the same transaction, run again, can well succeed. */
  static boolean lostRace(SQLException e) {
    return e.getSQLState() != null && LOST_RACE.contains(e.getSQLState());
  }

  /** Whether the disk failed, so that the connection's view of the file is not to be relied on. */
  static boolean ofDisk(Throwable e) {
    return e instanceof SQLiteException sqlite
        && (primary(sqlite) == SQLiteErrorCode.SQLITE_IOERR.code
            || primary(sqlite) == SQLiteErrorCode.SQLITE_FULL.code
            || primary(sqlite) == SQLiteErrorCode.SQLITE_CORRUPT.code);
  }

  static QilinException newer(String part, int found, int known) {
    return new QilinException(
        ErrorCode.STORE_VERSION,
        "the store's tables of " + part + " have version " + found + ", this Qilin knows " + known
            + "; use the newer Qilin that wrote them");
  }

  static QilinException translate(SQLException e) {
    return e instanceof SQLiteException sqlite ? ofSqlite(sqlite) : ofHost(e);
  }

  /** The low byte says what; the rest says more. */
  private static int primary(SQLiteException e) {
    return e.getResultCode().code & 0xff;
  }

  private static QilinException ofSqlite(SQLiteException e) {
    int code = primary(e);
    if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return error(
          ErrorCode.STORE_UNAVAILABLE,
          "the store is busy with another process; nothing was written, try again",
          e);
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return error(
          ErrorCode.STORE_DAMAGED,
          "the store's file is damaged or is no SQLite database; restore it from a backup",
          e);
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return error(
          ErrorCode.RESOURCE_EXHAUSTED,
          "the store's disk is full; nothing was written, free some space and try again",
          e);
    }
    if (code == SQLiteErrorCode.SQLITE_NOMEM.code) {
      return error(
          ErrorCode.RESOURCE_EXHAUSTED, "the store has no memory left; nothing was written", e);
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code
        || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || code == SQLiteErrorCode.SQLITE_PERM.code) {
      return error(
          ErrorCode.IO, "the store's file or folder cannot be written; check its permissions", e);
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
      return error(ErrorCode.IO, "the store's disk failed; nothing was written", e);
    }
    return error(ErrorCode.SYSTEM, "the store refused a statement", e);
  }

  /** By the classes of SQLSTATE: connection, resources, disk. */
  private static QilinException ofHost(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals("53100")) {
      return error(
          ErrorCode.RESOURCE_EXHAUSTED, "the database's disk is full; nothing was written", e);
    }
    if (state.startsWith("XX")) {
      return error(ErrorCode.STORE_DAMAGED, "the database reports damage", e);
    }
    if (state.startsWith("58")) {
      return error(ErrorCode.IO, "the database's disk failed; nothing was written", e);
    }
    if (state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")
        || state.startsWith("55")
        || lostRace(e)) {
      return error(
          ErrorCode.STORE_UNAVAILABLE,
          "the database is busy or cannot be reached; whether the last write was kept is to be"
              + " looked up",
          e);
    }
    return error(ErrorCode.SYSTEM, "the database refused a statement", e);
  }

  private static QilinException error(ErrorCode code, String message, SQLException cause) {
    return new QilinException(code, message, cause);
  }
}
