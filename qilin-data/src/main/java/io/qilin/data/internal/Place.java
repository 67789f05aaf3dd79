package io.qilin.data.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file something is wrong; its errors begin with {@code bars.csv, line 3, column 'x'}.
 *
 * @param file the file's name, or where it lies in a folder that was named
 * @param unit what is counted in the file: lines or rows
 * @param number which of them, from 1; 0 for the file as a whole
 * @param column the column, empty if it does not matter
 */
public record Place(String file, String unit, long number, String column) {
  /** The file as a whole. */
  public static Place of(Path file) {
    return new Place(name(file), "line", 0, "");
  }

  /** The same place in what is called so. */
  public Place named(String what) {
    return new Place(what, unit, number, column);
  }

  /** A line, counted from 1. */
  public Place line(long at) {
    return new Place(file, unit, at, column);
  }

  /** The same place, where something else than lines is counted, such as rows. */
  public Place counting(String what) {
    return new Place(file, what, number, column);
  }

  /** A column of the line. */
  public Place column(String name) {
    return new Place(file, unit, number, name);
  }

  /** The last part of a path, fit for a message: folders of the machine stay out of messages. */
  public static String name(Path path) {
    return AtomicFile.name(path);
  }

  /** An error here. */
  public QilinException error(ErrorCode code, String what) {
    return error(code, what, null);
  }

  /** An error here, with its cause. */
  public QilinException error(ErrorCode code, String what, @Nullable Throwable cause) {
    return new QilinException(code, this + ": " + what, cause);
  }

  /** A DATA_FORMAT error. */
  public QilinException malformed(String what) {
    return error(ErrorCode.DATA_FORMAT, what);
  }

  /** A LIMIT_EXCEEDED error. */
  public QilinException tooLarge(String what) {
    return error(ErrorCode.LIMIT_EXCEEDED, what);
  }

  @Override
  public String toString() {
    return file
        + (number > 0 ? ", " + unit + " " + number : "")
        + (column.isEmpty() ? "" : ", column " + QilinException.quote(column));
  }
}
