package io.qilin.mlops.internal;

import org.jspecify.annotations.Nullable;

/** Texts that every store keeps as they are: without NUL and without unpaired surrogates, which PostgreSQL refuses. */
public final class StoredText {
  private static final char REPLACEMENT = '\uFFFD';

  private StoredText() {}

  /** A text from outside made fit to be kept: cut to a length, and U+FFFD in place of what cannot be kept. */
  public static String fit(@Nullable String text, int longest) {
    if (text == null) {
      return "null";
    }
    int end = Math.min(text.length(), longest);
    if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    if (fault(text, 0, end) < 0) {
      return end == text.length() ? text : text.substring(0, end);
    }
    StringBuilder out = new StringBuilder(text.substring(0, end));
    for (int at = fault(out, 0, end); at >= 0; at = fault(out, at + 1, end)) {
      out.setCharAt(at, REPLACEMENT);
    }
    return out.toString();
  }

  /** Where the first character stands, from a place on, that cannot be kept, or -1. */
  public static int fault(CharSequence text, int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return i;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 >= end || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** What an exception says of itself; some fail at that. */
  public static String message(Throwable e, int longest) {
    try {
      return fit(e.getMessage(), longest);
    } catch (RuntimeException | StackOverflowError broken) {
      return "its message cannot be had (" + broken.getClass().getName() + ")";
    }
  }
}
