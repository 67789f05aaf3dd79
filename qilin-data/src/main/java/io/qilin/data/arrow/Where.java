package io.qilin.data.arrow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where in a file something was found; put into words only if it is a fault. */
final class Where {
  private final @Nullable Where outer;
  private final String part;
  private final @Nullable Object name;

  private Where(@Nullable Where outer, String part, @Nullable Object name) {
    this.outer = outer;
    this.part = part;
    this.name = name;
  }

  /** A whole file or stream, by a name that is fit for a message. */
  static Where file(String name) {
    return new Where(null, name, null);
  }

  Where batch(int number) {
    return new Where(this, ", batch ", number);
  }

  Where column(String column) {
    return new Where(this, ", column ", column);
  }

  Where part(String what) {
    return new Where(this, ", ", what);
  }

  QilinException broken(String what) {
    return error(ErrorCode.DATA_FORMAT, what, null);
  }

  QilinException broken(String what, Throwable cause) {
    return error(ErrorCode.DATA_FORMAT, what, cause);
  }

  QilinException tooLarge(String what) {
    return error(ErrorCode.LIMIT_EXCEEDED, what, null);
  }

  QilinException unsupported(String what) {
    return error(ErrorCode.UNSUPPORTED, what, null);
  }

  QilinException failed(IOException cause) {
    return error(ErrorCode.IO, "it cannot be read", cause);
  }

  private QilinException error(ErrorCode code, String what, @Nullable Throwable cause) {
    return new QilinException(code, this + ": " + what, cause);
  }

  @Override
  public String toString() {
    String shown = name == null || name instanceof Integer || part.equals(", ")
        ? String.valueOf(name)
        : QilinException.quote(name.toString());
    String own = part + (name == null ? "" : shown);
    return outer == null ? own : outer + own;
  }
}
