package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of one line of rules. */
final class RuleLine {
  private final String line;
  private final int number;
  private final List<Word> words = new ArrayList<>();
  private int next;

  /** A word, sign or text and where it begins. */
  private record Word(String text, boolean quoted, int at) {}

  RuleLine(String line, int number) {
    this.line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    this.number = number;
    int at = 0;
    while (at < this.line.length() && this.line.charAt(at) != '#') {
      at = read(at);
    }
  }

  private int read(int at) {
    char c = line.charAt(at);
    if (c == ' ' || c == '\t') {
      return at + 1;
    }
    if (c == '\'') {
      return readText(at);
    }
    int end = at + 1;
    if (c != ',') {
      while (end < line.length() && " \t,'#".indexOf(line.charAt(end)) < 0) {
        end++;
      }
    }
    words.add(new Word(line.substring(at, end), false, at));
    return end;
  }

  private int readText(int start) {
    StringBuilder text = new StringBuilder();
    int at = start + 1;
    while (at < line.length()) {
      char c = line.charAt(at);
      char after = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
      if (c == '\'' && after != '\'') {
        words.add(new Word(text.toString(), true, start));
        return at + 1;
      }
      if (c == '\\') {
        text.append(
            switch (after) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case '\\' -> '\\';
              default ->
                throw failure("a backslash in a text stands before n, r or a backslash", at);
            });
        at += 2;
      } else {
        text.append(c);
        at += c == '\'' ? 2 : 1;
      }
    }
    throw failure("this text has no closing quote", start);
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  boolean isEnd() {
    return next == words.size();
  }

  void end() {
    if (!isEnd()) {
      throw failure("expected the end of the rule", null);
    }
  }

  boolean takes(String word) {
    boolean there =
        !isEnd() && !words.get(next).quoted() && words.get(next).text().equals(word);
    next += there ? 1 : 0;
    return there;
  }

  boolean takesComma() {
    return takes(",");
  }

  private Word take(String expected) {
    if (isEnd()) {
      throw failure("expected " + expected, null);
    }
    return words.get(next++);
  }

  String column() {
    boolean plain = !isEnd()
        && (words.get(next).quoted()
            || (!RuleParser.WORDS.contains(words.get(next).text())
                && !words.get(next).text().equals(",")));
    if (!plain) {
      throw failure(
          "expected the name of a column; one that is a word of the language stands in" + " quotes",
          null);
    }
    return take("a column").text();
  }

  boolean isText() {
    return !isEnd() && words.get(next).quoted();
  }

  String text() {
    if (!isText()) {
      throw failure("expected a text in single quotes", null);
    }
    return take("a text").text();
  }

  boolean isNumber() {
    return !isEnd() && !words.get(next).quoted() && toNumber(words.get(next).text()) != null;
  }

  double number() {
    Double value = isEnd() || isText() ? null : toNumber(words.get(next).text());
    if (value == null) {
      throw failure("expected a number", null);
    }
    next++;
    return value;
  }

  private static @Nullable Double toNumber(String word) {
    if (word.equals("inf") || word.equals("-inf")) {
      return word.equals("inf") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return word.matches("[+-]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][+-]?[0-9]{1,4})?")
        ? Double.valueOf(word)
        : null;
  }

  Comparison sign() {
    for (Comparison comparison : Comparison.values()) {
      if (takes(comparison.sign())) {
        return comparison;
      }
    }
    throw failure("expected one of < <= = != >= > between blanks", null);
  }

  String verb(List<String> verbs) {
    if (!isEnd() && !isText() && verbs.contains(words.get(next).text())) {
      return words.get(next++).text();
    }
    String near = isEnd()
        ? ""
        : NearestName.of(words.get(next).text(), verbs)
            .map(name -> "; did you mean " + name + "?")
            .orElse("");
    throw failure("expected a check, one of " + String.join(" ", verbs) + near, null);
  }

  /** An error at the next word, or at the end of the line. */
  QilinException failure(String what, @Nullable Throwable cause) {
    return failure(what, isEnd() ? line.length() : words.get(next).at(), cause);
  }

  private QilinException failure(String what, int at) {
    return failure(what, at, null);
  }

  private QilinException failure(String what, int at, @Nullable Throwable cause) {
    int from = Math.max(0, Math.min(at, line.length()) - 60);
    int to = Math.min(line.length(), from + 120);
    StringBuilder shown = new StringBuilder();
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
      shown.append(c < ' ' || Character.getType(c) == Character.FORMAT ? ' ' : c);
    }
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        "rules, line " + number + ": " + what + "\n  " + shown + "\n  " + " ".repeat(at - from)
            + "^",
        cause);
  }
}
