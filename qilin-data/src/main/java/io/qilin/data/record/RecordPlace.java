package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file something is wrong; its errors begin with {@code ticks.jsonl, line 3, field 'price'}.
 *
 * @param file the name of the file
 * @param line counted from 1; 0 for the file as a whole
 * @param field the path of the field, parts with dots between; empty for the line as a whole
 */
record RecordPlace(String file, long line, String field) {
  static RecordPlace of(Path file) {
    return new RecordPlace(AtomicFile.name(file), 0, "");
  }

  RecordPlace line(long at) {
    return new RecordPlace(file, at, "");
  }

  RecordPlace field(String name) {
    return new RecordPlace(file, line, field.isEmpty() ? name : field + "." + name);
  }

  QilinException malformed(String what) {
    return malformed(what, null);
  }

  QilinException malformed(String what, @Nullable Throwable cause) {
    return new QilinException(ErrorCode.DATA_FORMAT, this + ": " + what, cause);
  }

  QilinException tooLarge(String what) {
    return new QilinException(ErrorCode.LIMIT_EXCEEDED, this + ": " + what);
  }

  @Override
  public String toString() {
    return file
        + (line > 0 ? ", line " + line : "")
        + (field.isEmpty() ? "" : ", field " + QilinException.quote(field));
  }
}
