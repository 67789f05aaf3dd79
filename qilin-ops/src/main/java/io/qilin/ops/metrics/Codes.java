package io.qilin.ops.metrics;

import io.qilin.api.error.ErrorCode;

/** Codes as values of tags. */
final class Codes {
  private Codes() {}

  /** For example {@code QILIN-2003}, as messages begin. */
  static String text(ErrorCode code) {
    return "QILIN-" + code.number();
  }
}
