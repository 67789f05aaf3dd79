package io.qilin.ops.logging;

import java.util.Locale;

/** What became of a line. */
public enum LogOutcome {
  /** The sink took it. */
  WRITTEN,
  /** There were more of its kind than the rate allows. */
  SAMPLED,
  /** There was no room for it, or the sink did not take it. */
  DROPPED;

  /** The value of the tag {@code outcome} of a meter. */
  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
