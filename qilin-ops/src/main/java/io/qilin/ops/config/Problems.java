package io.qilin.ops.config;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration, gathered during one load: the first 50, and how many more. */
final class Problems {
  private static final int MOST = 50;

  private final List<String> lines = new ArrayList<>();
  private long count;

  /** Whether more are only counted, so that nobody need put words to them. */
  boolean full() {
    return count >= MOST;
  }

  boolean any() {
    return count > 0;
  }

  /** Something at a place of a file, where no path is known. */
  void add(Origin origin, String what) {
    add(origin.place() + ": " + what);
  }

  /** Something about a setting. */
  void add(Origin origin, ConfigPath path, String what) {
    if (path.steps().isEmpty()) {
      add(origin, what);
    } else {
      add(origin.place() + " " + Shown.line(path.toString()) + ": " + what);
    }
  }

  private void add(String line) {
    count++;
    if (lines.size() < MOST) {
      lines.add(line);
    }
  }

  /** INVALID_CONFIGURATION with all of them. */
  QilinException refusal() {
    StringBuilder message = new StringBuilder("the configuration is refused, ");
    message.append(count).append(count == 1 ? " problem:" : " problems:");
    lines.forEach(line -> message.append('\n').append(line));
    if (count > lines.size()) {
      message.append("\n… and ").append(count - lines.size()).append(" more");
    }
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message.toString());
  }
}
