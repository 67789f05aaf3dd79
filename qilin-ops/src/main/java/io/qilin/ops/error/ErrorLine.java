package io.qilin.ops.error;

import io.qilin.ops.internal.VisibleText;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A failure with its causes as one line, without line ends and without what looks like a secret. */
final class ErrorLine {
  private static final int MOST_CAUSES = 8;
  private static final int LONGEST_TEXT = 1_000;
  private static final int LONGEST_LINE = 8_000;

  /** User and password of an address, up to the last {@code @} before a slash: {@code jdbc:x://me:p@w@host}. */
  private static final Pattern USER_INFO = Pattern.compile("://[^/\\s]{1,4096}@");

  /** A word that announces a secret, also as part of a longer one such as {@code secretKey}, and what follows it. */
  private static final Pattern NAMED = Pattern.compile(
      "(?i)(pass(?:word|wd|phrase)|pwd|secret|token(?!s\\b)|credential|cookie|authorization"
          + "|(?:api|access|private)[-_]?key)"
          + "([\\w-]{0,32}[\"']?\\s{0,3}[=:]\\s{0,3})"
          + "(?:\"[^\"]{0,4096}\"?|'[^']{0,4096}'?"
          + "|(?:(?:bearer|basic|digest|token)\\s{1,3})?[^\\s\"',;&)}]{1,4096})");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer|basic)\\s{1,3}[A-Za-z0-9._~+/=-]{8,4096}");

  private ErrorLine() {}

  static String of(Throwable thrown) {
    StringJoiner line = new StringJoiner(" <- ");
    Throwable each = thrown;
    for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
      line.add(each.getClass().getName() + text(message(each)) + place(each));
      each = each.getCause() == each ? null : each.getCause();
    }
    return flat(line.toString());
  }

  /** What an exception says; one of another's class may throw when it is asked. */
  private static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (RuntimeException e) {
      return "(its message cannot be had: " + e.getClass().getName() + ")";
    }
  }

  private static String text(@Nullable String message) {
    if (message == null) {
      return "";
    }
    return ": " + hidden(message.length() > LONGEST_TEXT ? cut(message) : message);
  }

  /** Cut at a character that stands alone, so that what is left is text. */
  private static String cut(String message) {
    int end = Character.isHighSurrogate(message.charAt(LONGEST_TEXT - 1))
        ? LONGEST_TEXT - 1
        : LONGEST_TEXT;
    return message.substring(0, end) + "…";
  }

  static String hidden(String text) {
    String without = USER_INFO.matcher(text).replaceAll("://***@");
    without = NAMED.matcher(without).replaceAll("$1$2***");
    return BEARER.matcher(without).replaceAll("$1 ***");
  }

  private static String place(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return stack.length == 0 ? "" : " at " + stack[0];
  }

  /** Every character that could begin another line, or hide, as its number. */
  static String flat(String line) {
    StringBuilder out = new StringBuilder(line.length());
    int end = Math.min(line.length(), LONGEST_LINE);
    for (int i = 0; i < end; ) {
      int c = line.codePointAt(i);
      VisibleText.append(c, out);
      i += Character.charCount(c);
    }
    return out.append(end < line.length() ? "…" : "").toString();
  }
}
