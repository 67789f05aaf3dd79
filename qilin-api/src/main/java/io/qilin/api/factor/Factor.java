package io.qilin.api.factor;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * A named expression over fields that reads only the present and the past. Whether it really does is checked when it is
 * computed; an expression that reads the future is a {@link Label}.
 *
 * @param name unique in its set, 1 to 128 characters without control characters
 * @param expression in Qlib's language, for example {@code Mean($close,5)/$close}
 */
public record Factor(String name, String expression) {
  /**
   * Checks the name.
   *
   * @throws QilinException INVALID_ARGUMENT for an unusable name
   */
  public Factor {
    checkName(name);
    Objects.requireNonNull(expression, "expression");
  }

  static void checkName(String name) {
    boolean usable = name.length() <= 128
        && name.codePoints().noneMatch(Factor::isRefused)
        && name.codePoints().anyMatch(Factor::isSeen);
    if (!usable) {
      throw QilinException.invalid(
          "a factor's name is 1 to 128 characters, one of them to be seen, without control characters, was "
              + QilinException.quote(name));
    }
  }

  private static boolean isRefused(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL || type == Character.SURROGATE;
  }

  private static boolean isSeen(int character) {
    return !Character.isWhitespace(character)
        && Character.getType(character) != Character.FORMAT
        && Character.getType(character) != Character.SPACE_SEPARATOR;
  }
}
