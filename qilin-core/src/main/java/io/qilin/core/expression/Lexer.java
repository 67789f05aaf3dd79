package io.qilin.core.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a text into tokens. Only ASCII is let in, and Chinese in the names of fields. */
final class Lexer {
  private static final int LONGEST_FIELD = 64;

  private final String text;
  private final Fault fault;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
    this.fault = new Fault(text);
  }

  static Lexer of(String text) {
    return new Lexer(text);
  }

  /** The token of that number. Read when asked for, so that the first fault in reading order is the one reported. */
  Token get(int index) {
    while (tokens.size() <= index) {
      if (at < text.length()) {
        next();
      } else {
        tokens.add(new Token(Token.Kind.END, "", text.length()));
      }
    }
    return tokens.get(index);
  }

  /** Whether the character may stand in a field's name beside ASCII letters, digits and underscores, as in Qlib. */
  static boolean isChinese(char c) {
    return (c >= '\u4e00' && c <= '\u9fa5') || "\u3001\u3002\uff08\uff09\uff1a".indexOf(c) >= 0;
  }

  private void next() {
    char c = text.charAt(at);
    if (c == ' ' || c == '\t') {
      at++;
    } else if (c == '$') {
      field();
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (isLetter(c)) {
      int start = at;
      skipWord();
      add(Token.Kind.NAME, start, start);
    } else if (c == '\'' || c == '"') {
      string(c);
    } else {
      symbol();
    }
  }

  private void field() {
    int start = at++;
    if (at < text.length() && text.charAt(at) == '$') {
      throw fault.type(
          start,
          "$$ marks a point-in-time field, which Qilin's panels do not hold",
          "use a field with one $ that carries the value known on each day");
    }
    while (at < text.length() && (isWord(text.charAt(at)) || isChinese(text.charAt(at)))) {
      at++;
    }
    if (at == start + 1) {
      throw fault.syntax(start, "$ without the name of a field", "write for example $close");
    }
    if (at - start - 1 > LONGEST_FIELD) {
      throw fault.syntax(
          start,
          "a field's name has " + (at - start - 1) + " characters",
          "it may have 64 at most");
    }
    add(Token.Kind.FIELD, start + 1, start);
  }

  /** Digits, optionally with a point and an exponent, as Python reads them. */
  private void number() {
    int start = at;
    skipDigits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      skipDigits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      exponent();
    }
    boolean joined = at < text.length() && (isWord(text.charAt(at)) || text.charAt(at) == '.');
    if (joined || isPadded(start)) {
      throw fault.syntax(start, "not a number", "numbers look like 5, 0.8 or 1e-12");
    }
    add(Token.Kind.NUMBER, start, start);
  }

  /** Whether the number that ends here is whole, not 0, and begins with a 0. */
  private boolean isPadded(int start) {
    boolean zero = true;
    for (int i = start; i < at; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
      zero &= text.charAt(i) == '0';
    }
    return text.charAt(start) == '0' && !zero;
  }

  private void exponent() {
    int digits = at + 1;
    if (digits < text.length() && (text.charAt(digits) == '+' || text.charAt(digits) == '-')) {
      digits++;
    }
    if (digits < text.length() && isDigit(text.charAt(digits))) {
      at = digits;
      skipDigits();
    }
  }

  private void string(char quote) {
    int start = at;
    int end = text.indexOf(quote, start + 1);
    if (end < 0) {
      throw fault.syntax(start, "a quote is never closed", "close it with " + quote);
    }
    for (at = start + 1; at < end; at++) {
      char c = text.charAt(at);
      if (!isWord(c) && c != '.' && c != '-') {
        throw fault.syntax(
            at,
            name(c) + " in quotes",
            "quotes hold an instrument or the name of a function, as 'SH600000'");
      }
    }
    tokens.add(new Token(Token.Kind.STRING, text.substring(start + 1, end), start));
    at = end + 1;
  }

  private void symbol() {
    int length = symbolLength();
    if (length == 0) {
      throw fault.syntax(at, "unexpected " + name(text.charAt(at)), hint(text.charAt(at)));
    }
    int start = at;
    at += length;
    add(Token.Kind.SYMBOL, start, start);
  }

  /** How many characters the symbol at hand has; 0 if it is none. */
  private int symbolLength() {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    return switch (text.charAt(at)) {
      case '*' -> next == '*' ? 2 : 1;
      case '>', '<' -> next == '=' ? 2 : 1;
      case '=', '!' -> next == '=' ? 2 : 0;
      case '+', '-', '/', '&', '|', '(', ')', ',' -> 1;
      default -> 0;
    };
  }

  private static String hint(char c) {
    return switch (c) {
      case '=' -> "compare with ==";
      case '!' -> "negate with Not(...)";
      case '~' -> "negate with Not(...)";
      case '^' -> "write a power with **";
      case '%' -> "there is no remainder operator";
      case '@' -> "a field has no frequency: write $close";
      case '[', ']' -> "earlier values are read with Ref(x, N)";
      case '.' -> "operators are called as functions: Mean($close,5)";
      case '#' -> "an expression holds no comment";
      case '\n', '\r' -> "write the expression on one line";
      default ->
        c < 0x80
            ? "an expression is made of $fields, numbers, operators, brackets and commas"
            : "only ASCII is read here; type the character again with an English keyboard";
    };
  }

  /** {@code '='}, or the code and Unicode name of what could deceive the eye. */
  private static String name(char c) {
    if (c > ' ' && c < 0x7f) {
      return "'" + c + "'";
    }
    String name = Character.isSurrogate(c) ? "part of a wide character" : Character.getName(c);
    return String.format(Locale.ROOT, "character U+%04X (%s)", (int) c, name);
  }

  private void add(Token.Kind kind, int from, int position) {
    tokens.add(new Token(kind, text.substring(from, at), position));
  }

  private void skipDigits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private void skipWord() {
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isWord(char c) {
    return isLetter(c) || isDigit(c);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
