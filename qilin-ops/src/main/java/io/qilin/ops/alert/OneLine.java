package io.qilin.ops.alert;

import io.qilin.ops.logging.LogText;

/** Text from outside as a part of one line, and of bounded length. */
final class OneLine {
  private OneLine() {}

  /** As {@link LogText#line} shows it; what is longer is cut between two characters and says so. */
  static String of(String text, int longest) {
    if (text.codePointCount(0, text.length()) <= longest) {
      return LogText.line(text);
    }
    String kept = text.substring(0, text.offsetByCodePoints(0, longest));
    return LogText.line(kept) + "… (" + text.length() + " characters)";
  }
}
