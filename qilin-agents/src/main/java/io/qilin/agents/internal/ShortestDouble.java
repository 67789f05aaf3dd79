package io.qilin.agents.internal;

import tools.jackson.core.io.NumberOutput;

/**
 * Numbers as text: the shortest decimal that reads back to the same bits, the same on every Java
 * version ({@link Double#toString} is not before Java 19).
 */
public final class ShortestDouble {
  private ShortestDouble() {}

  /** For example {@code 0.1}, {@code -0.0}, {@code NaN}. */
  public static String text(double value) {
    return NumberOutput.toString(value, true);
  }
}
