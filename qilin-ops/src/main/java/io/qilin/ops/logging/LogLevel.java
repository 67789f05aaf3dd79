package io.qilin.ops.logging;

import java.util.Locale;

/** How much a line matters, from most to least. */
public enum LogLevel {
  /** Something failed. */
  ERROR,
  /** An operator should look. */
  WARN,
  /** What happens. */
  INFO,
  /** For those who look for a fault. */
  DEBUG,
  /** Everything. */
  TRACE;

  /** Whether such lines are never sampled and given up last: ERROR and WARN. */
  public boolean important() {
    return compareTo(WARN) <= 0;
  }

  /** The value of the tag {@code level} of a meter. */
  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
