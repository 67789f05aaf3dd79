package io.qilin.core.monitor;

import io.qilin.api.error.QilinException;

/** The name under which a strategy is recorded. */
final class StrategyName {
  private static final int LONGEST = 64;

  private StrategyName() {}

  /** Refuses what would break a line of a log, a table or a tag. */
  static void check(String name) {
    boolean visible = name.codePoints().noneMatch(StrategyName::hidden);
    if (name.isBlank() || name.length() > LONGEST || !visible) {
      throw QilinException.invalid("a strategy's name is 1 to " + LONGEST
          + " visible characters on one line, was " + QilinException.quote(name));
    }
  }

  private static boolean hidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
