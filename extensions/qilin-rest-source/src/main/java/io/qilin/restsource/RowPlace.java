package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.function.Supplier;

/**
 * Where in a table something is wrong.
 *
 * @param where the service and the table
 * @param row counted from 1
 */
record RowPlace(String where, int row) {
  /** Reads a value, so that what is refused names the place. */
  <T> T in(String field, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (QilinException e) {
      String message = String.valueOf(e.getMessage());
      throw new QilinException(
          e.code(), text(field) + message.substring(message.indexOf(' ') + 1), e);
    }
  }

  QilinException missing(String field) {
    return wrong(field, "the value is missing");
  }

  QilinException wrong(String field, String what) {
    return new QilinException(ErrorCode.DATA_FORMAT, text(field) + what);
  }

  private String text(String field) {
    return this + ", field '" + field + "': ";
  }

  @Override
  public String toString() {
    return where + ", row " + row;
  }
}
