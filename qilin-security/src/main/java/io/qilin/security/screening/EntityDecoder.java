package io.qilin.security.screening;

import java.util.Locale;
import java.util.Map;

/** Undoes the entities of HTML that stand for ASCII, with or without the semicolon, as browsers do. */
final class EntityDecoder {
  private static final int MAX_NAME = 8;
  private static final int MAX_DIGITS = 64;

  private static final Map<String, Character> NAMED = Map.ofEntries(
      Map.entry("lt", '<'),
      Map.entry("gt", '>'),
      Map.entry("amp", '&'),
      Map.entry("quot", '"'),
      Map.entry("apos", '\''),
      Map.entry("nbsp", ' '),
      Map.entry("tab", '\t'),
      Map.entry("newline", '\n'),
      Map.entry("colon", ':'),
      Map.entry("semi", ';'),
      Map.entry("comma", ','),
      Map.entry("period", '.'),
      Map.entry("sol", '/'),
      Map.entry("bsol", '\\'),
      Map.entry("lpar", '('),
      Map.entry("rpar", ')'),
      Map.entry("lsqb", '['),
      Map.entry("lbrack", '['),
      Map.entry("rsqb", ']'),
      Map.entry("rbrack", ']'),
      Map.entry("lcub", '{'),
      Map.entry("lbrace", '{'),
      Map.entry("rcub", '}'),
      Map.entry("rbrace", '}'),
      Map.entry("dollar", '$'),
      Map.entry("num", '#'),
      Map.entry("percnt", '%'),
      Map.entry("equals", '='),
      Map.entry("plus", '+'),
      Map.entry("ast", '*'),
      Map.entry("excl", '!'),
      Map.entry("quest", '?'),
      Map.entry("commat", '@'),
      Map.entry("grave", '`'),
      Map.entry("lowbar", '_'),
      Map.entry("vert", '|'),
      Map.entry("verbar", '|'),
      Map.entry("hat", '^'));

  private EntityDecoder() {}

  static String decode(String text) {
    int at = text.indexOf('&');
    if (at < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length()).append(text, 0, at);
    while (at < text.length()) {
      int next = text.charAt(at) == '&' ? entity(text, at, out) : at;
      if (next > at) {
        at = next;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return out.length() == text.length() ? text : out.toString();
  }

  private static int entity(String text, int at, StringBuilder out) {
    return at + 1 < text.length() && text.charAt(at + 1) == '#'
        ? number(text, at, out)
        : name(text, at, out);
  }

  private static int number(String text, int at, StringBuilder out) {
    boolean hex = at + 2 < text.length() && (text.charAt(at + 2) | 0x20) == 'x';
    int begin = at + (hex ? 3 : 2);
    int end = begin;
    int code = 0;
    while (end < text.length() && end - begin < MAX_DIGITS && text.charAt(end) < 128) {
      int digit = Character.digit(text.charAt(end), hex ? 16 : 10);
      if (digit < 0) {
        break;
      }
      code = Math.min(code * (hex ? 16 : 10) + digit, 1 << 24);
      end++;
    }
    if (end == begin || code > Character.MAX_CODE_POINT) {
      return at;
    }
    out.appendCodePoint(code);
    return semicolon(text, end);
  }

  private static int name(String text, int at, StringBuilder out) {
    int limit = Math.min(text.length(), at + 1 + MAX_NAME);
    int end = at + 1;
    while (end < limit && letter(text.charAt(end))) {
      end++;
    }
    if (end < text.length() && text.charAt(end) == ';') {
      Character exact = NAMED.get(text.substring(at + 1, end).toLowerCase(Locale.ROOT));
      if (exact == null) {
        return at;
      }
      out.append(exact.charValue());
      return end + 1;
    }
    // Without a semicolon the longest name that fits counts, from three letters on; "&lt" and "&gt"
    // too.
    for (int cut = end; cut > at + 2; cut--) {
      String name = text.substring(at + 1, cut).toLowerCase(Locale.ROOT);
      Character found =
          cut - at > 4 || name.equals("lt") || name.equals("gt") ? NAMED.get(name) : null;
      if (found != null) {
        out.append(found.charValue());
        return cut;
      }
    }
    return at;
  }

  private static int semicolon(String text, int end) {
    return end < text.length() && text.charAt(end) == ';' ? end + 1 : end;
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
