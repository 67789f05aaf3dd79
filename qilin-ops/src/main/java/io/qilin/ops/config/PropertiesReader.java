package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import io.qilin.ops.config.Node.Form;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads properties in UTF-8. What it accepts, {@link java.util.Properties} reads alike; it refuses a key without {@code =}, a key twice
 * and an escape that stands for itself, such as {@code \d} of a path of Windows.
 */
final class PropertiesReader {
  private final SourceText source;
  private final String text;
  private final Allowance allowance;
  private final Problems problems;
  private int at;

  PropertiesReader(SourceText source, Allowance allowance, Problems problems) {
    this.source = source;
    this.text = source.text();
    this.allowance = allowance;
    this.problems = problems;
  }

  Node.Section read() {
    Map<String, Node.Leaf> found = new LinkedHashMap<>();
    for (skip(); at < text.length(); skip()) {
      entry(found);
    }
    if (found.isEmpty()) {
      throw new Malformed(
          source.origin(1, 1), "holds no setting; leave the file out if that is meant");
    }
    Overlay overlay = new Overlay(problems, allowance.limits());
    found.forEach((key, leaf) -> {
      try {
        overlay.add(ConfigPath.parse(key), leaf);
      } catch (QilinException e) {
        problems.add(leaf.origin(), Messages.of(e));
      }
    });
    return overlay.onto(Node.Section.at(source.origin(1, 1)));
  }

  /** Passes over blanks, line ends and comments. */
  private void skip() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (blank(c) || end(c)) {
        at++;
      } else if (c == '#' || c == '!') {
        while (at < text.length() && !end(text.charAt(at))) {
          at++;
        }
      } else {
        return;
      }
    }
  }

  private void entry(Map<String, Node.Leaf> found) {
    int start = at;
    String key = piece(true);
    blanks();
    Origin origin = source.origin(start);
    if (at == text.length() || text.charAt(at) != '=') {
      throw new Malformed(source.origin(at), "expected = after the key " + Shown.quote(key));
    }
    at++;
    blanks();
    String value = piece(false);
    Names.wellFormed(key, origin);
    Names.checkValue(value, origin, allowance.limits());
    if (!allowance.entry()) {
      throw new Malformed(origin, allowance.tooMany());
    }
    Node.Leaf first = found.get(key);
    if (first != null) {
      problems.add(origin, Names.twice(key, first.origin()));
    } else {
      found.put(key, new Node.Leaf(value, Form.BARE, origin));
    }
  }

  /** A key up to what ends it, or a value up to the end of its last line. */
  private String piece(boolean key) {
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (end(c) || (key && (c == '=' || c == ':' || blank(c)))) {
        break;
      }
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private void escape(StringBuilder out) {
    int start = at++;
    char c = at < text.length() ? text.charAt(at) : '\n';
    if (at == text.length()) {
      throw new Malformed(source.origin(start), "the last line ends with \\");
    }
    at++;
    switch (c) {
      case 't' -> out.append('\t');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 'f' -> out.append('\f');
      case '\\', ' ', ':', '=', '#', '!', '"' -> out.append(c);
      case 'u' -> out.append(unit(start));
      case '\r', '\n' -> {
        if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
          at++;
        }
        blanks();
      }
      default ->
        throw new Malformed(
            source.origin(start), "an unknown escape; a \\ that is meant is written \\\\");
    }
  }

  private char unit(int start) {
    int value = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < text.length() ? Hex.digit(text.charAt(at)) : -1;
      if (digit < 0) {
        throw new Malformed(source.origin(start), "\\u is followed by four hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private void blanks() {
    while (at < text.length() && blank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean end(char c) {
    return c == '\n' || c == '\r';
  }
}
