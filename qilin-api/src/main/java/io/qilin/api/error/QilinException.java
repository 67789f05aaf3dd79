package io.qilin.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The only exception that Qilin throws on purpose. {@link #code()} says what went wrong and whether trying again can
 * help; the message says what was wrong, where, and how to mend it. Callers decide by the code, never by the text.
 *
 * <p>A {@code null} where none is allowed is a {@link NullPointerException}.
 */
public class QilinException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /**
   * An error without an underlying cause.
   *
   * @param code what kind of failure it is
   * @param message what was wrong, where, and how to mend it; without secrets
   */
  public QilinException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /**
   * An error with its cause.
   *
   * @param code what kind of failure it is
   * @param message what was wrong, where, and how to mend it; without secrets
   * @param cause what led to it, or null
   */
  public QilinException(ErrorCode code, String message, @Nullable Throwable cause) {
    super("QILIN-" + Objects.requireNonNull(code, "code").number() + " " + message, cause);
    this.code = code;
  }

  /** What kind of failure this is. */
  public ErrorCode code() {
    return code;
  }

  /** Shorthand for an {@link ErrorCode#INVALID_ARGUMENT} error. */
  public static QilinException invalid(String message) {
    return new QilinException(ErrorCode.INVALID_ARGUMENT, message);
  }

  /**
   * Text from outside made fit for one line of a message: control, format and unpaired surrogate characters as
   * {@code \\uXXXX}, at most 80 characters, quoted.
   *
   * @param text any text
   */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder("'");
    int shown = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (shown++ == 80) {
        out.append("…' (").append(text.length()).append(" characters");
        return out.append(')').toString();
      }
      int type = Character.getType(c);
      boolean hidden = type == Character.CONTROL
          || type == Character.FORMAT
          || type == Character.SURROGATE
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR;
      if (hidden) {
        out.append(String.format(java.util.Locale.ROOT, "\\u%04X", c));
      } else {
        out.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return out.append('\'').toString();
  }
}
