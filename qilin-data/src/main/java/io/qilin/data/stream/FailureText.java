package io.qilin.data.stream;

import io.qilin.api.error.QilinException;

/** What a failure of the host's code or of a message says: its message if it is one of Qilin's, else with its type. */
final class FailureText {
  private FailureText() {}

  static String of(RuntimeException e) {
    return e instanceof QilinException ? String.valueOf(e.getMessage()) : e.toString();
  }
}
