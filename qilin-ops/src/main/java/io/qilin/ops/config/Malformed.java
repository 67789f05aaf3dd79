package io.qilin.ops.config;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/** A file cannot be read beyond this place; caught within the load, which tells it with the other problems. */
final class Malformed extends QilinException {
  private static final long serialVersionUID = 1L;

  private final transient Origin origin;
  private final String what;

  Malformed(Origin origin, String what) {
    super(ErrorCode.INVALID_CONFIGURATION, origin.place() + ": " + what);
    this.origin = origin;
    this.what = what;
  }

  Origin origin() {
    return origin;
  }

  String what() {
    return what;
  }
}
