package io.qilin.security.secret;

import java.util.regex.Pattern;

/**
 * Hides credentials in web addresses before they reach a log: {@code postgres://user:pw@host/db} becomes {@code
 * postgres://***@host/db}, and {@code ?token=abc} becomes {@code ?token=***}. Works on any text, in linear time: no two names
 * share a character, so that they may be of any length.
 */
public final class UrlCredentials {
  /** What a name that holds a secret has anywhere in it. */
  private static final Pattern PART = Pattern.compile(
      "(?i)passw|passphrase|pwd|token|secret|api_?-?key|access_?-?key|credential|signature");

  /** What is such a name only as a whole word. */
  private static final Pattern WORD = Pattern.compile("(?i)(?:key|sig|pass|auth|code|sign)");

  private UrlCredentials() {}

  /** The text with {@code ***} in place of what stands between {@code ://} and {@code @}, and of secret parameters. */
  public static String mask(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ':' && text.startsWith("://", at)) {
        int host = host(text, at + 3);
        out.append("://");
        if (host > at + 3) {
          out.append("***@");
        }
        at = Math.max(host, at + 3);
      } else if (c == '=' && secretName(text, at)) {
        int end = quoteEnd(text, at + 1);
        boolean quoted = end > at + 1;
        out.append(quoted ? "='***'".replace('\'', text.charAt(at + 1)) : "=***");
        at = quoted ? end : valueEnd(text, at + 1);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  /** After the last {@code @} of the authority that begins at {@code start}, or {@code start} if it has none. */
  private static int host(String text, int start) {
    int host = start;
    for (int i = start; i < text.length() && !ends(text.charAt(i)); i++) {
      if (text.charAt(i) == '@') {
        host = i + 1;
      }
    }
    return host;
  }

  private static boolean ends(char c) {
    return c == '/'
        || c == '?'
        || c == '#'
        || c == '"'
        || c == '\''
        || c == '<'
        || c == '>'
        || c == '\\'
        || Character.isWhitespace(c);
  }

  private static boolean secretName(String text, int equals) {
    int word = equals;
    while (word > 0 && name(text.charAt(word - 1))) {
      word--;
    }
    int start = word;
    while (start > 0 && (name(text.charAt(start - 1)) || bracket(text.charAt(start - 1)))) {
      start--;
    }
    return WORD.matcher(text).region(word, equals).matches()
        || PART.matcher(text).region(start, equals).find();
  }

  private static boolean name(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  /** As in {@code user[password]}, and the same escaped. */
  private static boolean bracket(char c) {
    return c == '[' || c == ']' || c == '%';
  }

  /** After the second of the quotation marks around a value, or {@code start} if there are none in this line. */
  private static int quoteEnd(String text, int start) {
    char quote = start < text.length() ? text.charAt(start) : 0;
    if (quote != '"' && quote != '\'') {
      return start;
    }
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
      end++;
    }
    return end < text.length() && text.charAt(end) == quote ? end + 1 : start;
  }

  private static int valueEnd(String text, int start) {
    int end = start;
    while (end < text.length()
        && "&;,)\"'<>".indexOf(text.charAt(end)) < 0
        && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
