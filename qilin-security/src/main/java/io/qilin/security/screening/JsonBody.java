package io.qilin.security.screening;

import java.nio.charset.StandardCharsets;

/**
 * Walks over a JSON document without building it and screens each name and text in it. It is lenient in what it walks over,
 * since the reader behind may be so, too, and says whether the document looked like JSON at all.
 */
final class JsonBody {
  /** What makes a text one that must be decoded or read in several ways; and what ends it. */
  private static final byte[] KIND = new byte[256];

  private static final byte END = 1;
  private static final byte ESCAPE = 2;
  private static final byte SPECIAL = 4;

  static {
    for (char c : "'`^$%&{".toCharArray()) {
      KIND[c] = SPECIAL;
    }
    for (int i = 128; i < 256; i++) {
      KIND[i] = SPECIAL;
    }
    KIND['"'] = END;
    KIND['\\'] = ESCAPE;
  }

  private final byte[] json;
  private final ScreeningLimits limits;
  private final RequestPart part;
  private final TextScreen screen;
  private final Collector into;
  private final int[] members;
  private int depth;
  private int values;
  private String name = "";
  private int nameFrom = -1;
  private int nameTo = -1;

  JsonBody(
      byte[] json, ScreeningLimits limits, RequestPart part, TextScreen screen, Collector into) {
    this.json = json;
    this.limits = limits;
    this.part = part;
    this.screen = screen;
    this.into = into;
    this.members = new int[limits.depth() + 1];
  }

  /** Whether the first byte that is no blank opens an object or an array. */
  static boolean opens(byte[] body) {
    for (byte b : body) {
      if (b == '{' || b == '[') {
        return true;
      }
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return false;
  }

  /** Walks to the end, or to the first broken limit; false if something stands where JSON has nothing like it. */
  boolean walk() {
    int at = 0;
    while (at < json.length && !into.stopped()) {
      byte b = json[at];
      switch (b) {
        case '"' -> {
          at = text(at + 1);
          if (at < 0) {
            return false;
          }
        }
        case '{', '[' -> {
          if (++depth > limits.depth()) {
            into.limit("LIMIT-DEPTH", part, name(), depth);
            return true;
          }
          members[depth] = 0;
          at++;
        }
        case '}', ']' -> {
          if (--depth < 0) {
            return false;
          }
          at++;
        }
        case ',' -> {
          if (++values > limits.values()) {
            into.limit("LIMIT-VALUES", part, name(), values);
            return true;
          }
          at++;
        }
        case ' ', '\t', '\r', '\n', ':' -> at++;
        default -> {
          int end = literal(at);
          if (end == at) {
            return false;
          }
          at = end;
        }
      }
    }
    return into.stopped() || depth == 0;
  }

  private int literal(int from) {
    int at = from;
    while (at < json.length
        && ((json[at] >= '0' && json[at] <= '9')
            || (json[at] >= 'a' && json[at] <= 'z')
            || json[at] == '-'
            || json[at] == '+'
            || json[at] == '.'
            || json[at] == 'E')) {
      at++;
    }
    int length = at - from;
    if (length > 0 && json[from] >= 'a' && json[from] <= 'z' && !word(from, length)) {
      return from;
    }
    return at;
  }

  private boolean word(int from, int length) {
    return matches("true", from, length)
        || matches("false", from, length)
        || matches("null", from, length);
  }

  private boolean matches(String word, int from, int length) {
    if (word.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (json[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Screens a text and returns what follows it, or -1 if it has no end. */
  private int text(int from) {
    int kinds = 0;
    int at = from;
    while (true) {
      if (at >= json.length) {
        return -1;
      }
      int kind = KIND[json[at] & 0xff];
      if (kind == END) {
        break;
      }
      kinds |= kind;
      at += kind == ESCAPE ? 2 : 1;
    }
    int next = at + 1;
    while (next < json.length
        && (json[next] == ' ' || json[next] == '\n' || json[next] == '\r' || json[next] == '\t')) {
      next++;
    }
    boolean isName = next < json.length && json[next] == ':';
    if (isName) {
      nameFrom = from;
      nameTo = at;
      if (++members[Math.max(depth, 0)] > limits.parameters() * 10) {
        into.limit("LIMIT-MEMBERS", part, name(), members[Math.max(depth, 0)]);
        return json.length;
      }
    }
    if (kinds == 0 && at - from < 2 && !screen.kindsNamed()) {
      return next;
    }
    if (kinds == 0 && screen.clean(json, from, at) && (isName || !screen.kindsNamed())) {
      return next;
    }
    String text = JsonText.decode(json, from, at);
    if (isName) {
      screen.text(part, text, text, FieldKind.TEXT);
    } else {
      screen.text(part, name(), text);
    }
    return next;
  }

  private String name() {
    if (nameFrom >= 0) {
      name = new String(json, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
      nameFrom = -1;
    }
    return name;
  }
}
