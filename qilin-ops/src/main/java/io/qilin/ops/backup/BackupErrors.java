package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Locale;

/** What went wrong, by code. */
final class BackupErrors {
  /** SQLite's result codes, of which an extended one has more in its upper bits. */
  private static final int CODE = 0xff;

  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int NO_DATABASE = 26;

  private BackupErrors() {}

  /** The failure with a code; a thread that was interrupted stays so. */
  static QilinException of(String doing, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new QilinException(code(e), doing + ": " + reason(e), e);
  }

  /** The same for code that may tell an interrupt in a way of its own: while the thread is interrupted it is that. */
  static QilinException ofPart(String doing, Exception e) {
    QilinException typed = of(doing, e);
    return Thread.currentThread().isInterrupted() && typed.code() != ErrorCode.CANCELLED
        ? new QilinException(ErrorCode.CANCELLED, doing + ": interrupted: " + reason(e), e)
        : typed;
  }

  static QilinException damaged(String what) {
    return new QilinException(ErrorCode.STORE_DAMAGED, what);
  }

  private static ErrorCode code(Exception e) {
    if (e instanceof QilinException typed) {
      return typed.code();
    }
    if (e instanceof InterruptedException || e instanceof ClosedByInterruptException) {
      return ErrorCode.CANCELLED;
    }
    if (e instanceof SQLException sql) {
      return code(sql);
    }
    if (e instanceof NoSuchFileException) {
      return ErrorCode.DATA_NOT_FOUND;
    }
    if (e instanceof IOException) {
      return full(e) ? ErrorCode.RESOURCE_EXHAUSTED : ErrorCode.IO;
    }
    return ErrorCode.UNKNOWN;
  }

  private static ErrorCode code(SQLException e) {
    return switch (e.getErrorCode() & CODE) {
      case FULL -> ErrorCode.RESOURCE_EXHAUSTED;
      case CORRUPT, NO_DATABASE -> ErrorCode.STORE_DAMAGED;
      default -> full(e) ? ErrorCode.RESOURCE_EXHAUSTED : ErrorCode.STORE_UNAVAILABLE;
    };
  }

  private static boolean full(Exception e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("disk quota")
        || message.contains("not enough space");
  }

  private static String reason(Exception e) {
    if (e instanceof QilinException typed) {
      String message = String.valueOf(typed.getMessage());
      return message.substring(message.indexOf(' ') + 1);
    }
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    return e.getClass().getSimpleName() + message;
  }
}
