package io.qilin.security.pii;

import java.nio.CharBuffer;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is looked for only if asked: names, web addresses, dates. Every repetition is bounded, so that time stays linear. */
final class OptionalPatterns {
  private static final String MONTH =
      "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october"
          + "|november|december)";

  private static final Pattern URL =
      Pattern.compile("(?i)(?<![A-Za-z0-9@._-])(?:(?:https?|ftp|wss?)://[^\\s\"'<>，。；]{1,512}"
          + "|(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\\.){1,5}(?:com|org|net|edu|gov|io|cn|de|uk|info|biz|dev|app|co)"
          + "(?![A-Za-z0-9@.-]))");

  private static final Pattern DATE = Pattern.compile("(?i)(?<![A-Za-z0-9/.-])(?:"
      + "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d{2}:?\\d{2})?"
      + "|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{4}年\\d{1,2}月\\d{1,2}日"
      + "|\\d{1,2}[-/.](?:\\d{1,2}|" + MONTH + ")[-/.](?:\\d{4}|\\d{2})"
      + "|\\d{1,2}-" + MONTH + "|" + MONTH + "-\\d{4}|\\d{1,2}/(?:\\d{4}|\\d{2})"
      + ")(?![A-Za-z0-9/])");

  private OptionalPatterns() {}

  /** Takes what was found. */
  interface Sink {
    void found(int start, int end, PiiType type);
  }

  static void find(
      PlainText plain, Set<PiiType> types, NameDictionary names, int from, int limit, Sink sink) {
    if (types.contains(PiiType.NAME)) {
      names(plain, names, from, limit, sink);
    }
    if (types.contains(PiiType.URL)) {
      matches(URL, plain, from, limit, PiiType.URL, sink);
    }
    if (types.contains(PiiType.DATE)) {
      matches(DATE, plain, from, limit, PiiType.DATE, sink);
    }
  }

  private static void names(PlainText plain, NameDictionary names, int from, int limit, Sink sink) {
    int i = from;
    while (i < limit) {
      int length = names.at(plain.chars, plain.length, i);
      if (length > 0) {
        sink.found(i, i + length, PiiType.NAME);
      }
      i += Math.max(1, length);
    }
  }

  private static void matches(
      Pattern pattern, PlainText plain, int from, int limit, PiiType type, Sink sink) {
    Matcher matcher = pattern.matcher(CharBuffer.wrap(plain.chars, 0, plain.length));
    int at = from;
    while (at < limit && matcher.find(at)) {
      if (matcher.start() >= limit) {
        return;
      }
      sink.found(matcher.start(), matcher.end(), type);
      at = matcher.end();
    }
  }
}
