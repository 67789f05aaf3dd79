package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file something is wrong; its errors begin with {@code bars.csv, line 3, column 'x'}.
 */
record Place(String file, long line, String column) {
  /** The file as a whole. */
  static Place of(Path file) {
    return new Place(name(file), 0, "");
  }

  /** A line, counted from 1. */
  Place line(long at) {
    return new Place(file, at, column);
  }

  /** A column of the line. */
  Place column(String name) {
    return new Place(file, line, name);
  }

  /** The last part of a path, fit for a message: folders of the machine stay out of messages. */
  static String name(Path path) {
    return AtomicFile.name(path);
  }

  QilinException error(ErrorCode code, String what) {
    return error(code, what, null);
  }

  QilinException error(ErrorCode code, String what, @Nullable Throwable cause) {
    return new QilinException(code, this + ": " + what, cause);
  }

  /** A DATA_FORMAT error. */
  QilinException malformed(String what) {
    return error(ErrorCode.DATA_FORMAT, what);
  }

  /** A LIMIT_EXCEEDED error. */
  QilinException tooLarge(String what) {
    return error(ErrorCode.LIMIT_EXCEEDED, what);
  }

  @Override
  public String toString() {
    return file
        + (line > 0 ? ", line " + line : "")
        + (column.isEmpty() ? "" : ", column " + QilinException.quote(column));
  }
}
