package io.qilin.ops.config;

import io.qilin.api.error.QilinException;

/** What an exception says, for one line of a message. */
final class Messages {
  private Messages() {}

  /** The message of a {@link QilinException} without its number, of another the name of its class too; without credentials. */
  static String of(RuntimeException e) {
    String message = e.getMessage() == null ? "" : Credentials.masked(e.getMessage());
    if (e instanceof QilinException known) {
      String number = "QILIN-" + known.code().number() + " ";
      return Shown.line(message.startsWith(number) ? message.substring(number.length()) : message);
    }
    String name = e.getClass().getSimpleName();
    return Shown.line(message.isEmpty() ? name : name + ": " + message);
  }
}
