package io.qilin.ops.logging;

/** Finds credentials by what stands around them. One pass from left to right; looking back and at names is bounded. */
final class CredentialMasker {
  private static final int SHORTEST_TOKEN = 8;
  private static final int LONGEST_WORD = 20;
  private static final String PEM = "-----BEGIN ";
  private static final String PEM_END = "-----END ";

  private final String text;
  private StringBuilder out = new StringBuilder(0);
  private int copied;

  private CredentialMasker(String text) {
    this.text = text;
  }

  static String mask(String text) {
    return new CredentialMasker(text).masked();
  }

  private String masked() {
    for (int i = 0; i < text.length(); ) {
      i = switch (text.charAt(i)) {
        case ':' -> text.startsWith("://", i) ? address(i + 3) : pair(i);
        case '=', '：', '＝' -> pair(i);
        case '-' -> text.startsWith(PEM, i) ? pem(i) : i + 1;
        case 'B', 'b' -> scheme(i);
        default -> i + 1;
      };
    }
    return copied == 0 ? text : out.append(text, copied, text.length()).toString();
  }

  /** Replaces a part, unless it is empty or hidden already; where to go on. */
  private int hide(int start, int end) {
    if (end > start && !text.regionMatches(start, LogMasker.HIDDEN, 0, end - start)) {
      if (copied == 0) {
        out = new StringBuilder(text.length());
      }
      out.append(text, copied, start).append(LogMasker.HIDDEN);
      copied = end;
    }
    return end;
  }

  /** Hides what stands before the last {@code @} of an authority. */
  private int address(int start) {
    int at = start;
    int end = start;
    while (end < text.length() && !endsAuthority(text.charAt(end))) {
      if (text.charAt(end) == '@') {
        at = end;
      }
      end++;
    }
    return at > start ? hide(start, at) : start;
  }

  private static boolean endsAuthority(char c) {
    return "/?#\"'<>\\".indexOf(c) >= 0 || Character.isWhitespace(c);
  }

  /** A PEM block, to its end or that of the text. */
  private int pem(int start) {
    int end = text.indexOf(PEM_END, start);
    int close = end < 0 ? -1 : text.indexOf("-----", end + PEM_END.length());
    return hide(start, close < 0 ? text.length() : close + 5);
  }

  /** A token after the name of an HTTP scheme. */
  private int scheme(int at) {
    int after = text.regionMatches(true, at, "bearer ", 0, 7)
        ? at + 7
        : text.regionMatches(true, at, "basic ", 0, 6) ? at + 6 : 0;
    if (after == 0 || (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1)))) {
      return at + 1;
    }
    int end = after;
    while (end < text.length() && tokenCharacter(text.charAt(end))) {
      end++;
    }
    return token(after, end) ? hide(after, end) : after;
  }

  /** Whether it looks like a token and not like the next word of a sentence. */
  private boolean token(int start, int end) {
    if (end - start < SHORTEST_TOKEN) {
      return false;
    }
    for (int i = start + 1; i < end; i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z') && c != '.' && c != '-') {
        return true;
      }
    }
    return end - start > LONGEST_WORD;
  }

  private static boolean tokenCharacter(char c) {
    return (c < 128 && Character.isLetterOrDigit(c)) || "-._~+/=".indexOf(c) >= 0;
  }

  /** What stands after a separator, if the name before it says that it is a credential. */
  private int pair(int separator) {
    CredentialName name = CredentialName.before(text, separator);
    if (name == CredentialName.NONE) {
      return separator + 1;
    }
    int start = separator + 1;
    if (start < text.length() && text.charAt(start) == '>') {
      start++;
    }
    while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
      start++;
    }
    if (name == CredentialName.HEADER) {
      return hide(start, lineEnd(start));
    }
    if (start < text.length() && text.charAt(start) == '\\') {
      start++;
    }
    if (start < text.length() && (text.charAt(start) == '"' || text.charAt(start) == '\'')) {
      return hide(start + 1, quoteEnd(start + 1, text.charAt(start)));
    }
    int end = valueEnd(start);
    return name == CredentialName.TOKENS && digits(start, end) ? end : hide(start, end);
  }

  private int lineEnd(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int quoteEnd(int start, char quote) {
    int end = start;
    while (end < text.length() && text.charAt(end) != quote) {
      boolean escape = text.charAt(end) == '\\' && end + 1 < text.length();
      // An escaped mark ends what was opened by one: JSON inside a JSON string.
      boolean inner = escape && start >= 2 && text.charAt(start - 2) == '\\';
      if (inner && text.charAt(end + 1) == quote) {
        return end;
      }
      end += escape ? 2 : 1;
    }
    return Math.min(end, text.length());
  }

  private int valueEnd(int start) {
    int end = start;
    while (end < text.length()
        && "&;,)]}\"'<>，；".indexOf(text.charAt(end)) < 0
        && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private boolean digits(int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return end - start < SHORTEST_TOKEN;
  }
}
