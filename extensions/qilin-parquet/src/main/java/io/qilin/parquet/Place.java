package io.qilin.parquet;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file something is wrong; its errors begin with {@code bars.parquet, row group 3, column 'close'}.
 *
 * @param file the last part of its path: folders of the machine stay out of messages
 * @param group the row group, counted from 1, or 0
 * @param column the column, or empty
 */
record Place(String file, int group, String column) {
  /** The file as a whole. */
  static Place of(Path file) {
    String quoted = QilinException.quote(String.valueOf(file.getFileName()));
    String name = quoted.endsWith("'") ? quoted.substring(1, quoted.length() - 1) : quoted;
    return new Place(name, 0, "");
  }

  Place group(int number) {
    return new Place(file, number, column);
  }

  Place column(String name) {
    return new Place(file, group, name);
  }

  QilinException error(ErrorCode code, String what, @Nullable Throwable cause) {
    return new QilinException(code, this + ": " + what, cause);
  }

  /** A DATA_FORMAT error. */
  QilinException malformed(String what) {
    return malformed(what, null);
  }

  /** A DATA_FORMAT error. */
  QilinException malformed(String what, @Nullable Throwable cause) {
    return error(
        ErrorCode.DATA_FORMAT,
        what + "; the file is damaged or was made to mislead, fetch or write it again",
        cause);
  }

  /** A LIMIT_EXCEEDED error. */
  QilinException tooLarge(String what) {
    return error(ErrorCode.LIMIT_EXCEEDED, what, null);
  }

  /** An UNSUPPORTED error. */
  QilinException unsupported(String what) {
    return error(ErrorCode.UNSUPPORTED, what, null);
  }

  @Override
  public String toString() {
    return file
        + (group > 0 ? ", row group " + group : "")
        + (column.isEmpty() ? "" : ", column " + QilinException.quote(column));
  }
}
