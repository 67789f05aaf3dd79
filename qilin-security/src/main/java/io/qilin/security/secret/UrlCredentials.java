package io.qilin.security.secret;

import java.util.regex.Pattern;

/**
 * Hides credentials in web addresses before they reach a log: {@code postgres://user:pw@host/db} becomes {@code
 * postgres://***@host/db}, and {@code ?token=abc} becomes {@code ?token=***}. Works on any text, in linear time.
 */
public final class UrlCredentials {
  private static final int LONGEST_NAME = 32;
  private static final Pattern SECRET_NAME = Pattern.compile(
      "(?i).{0,24}(?:passw|passphrase|pwd|token|secret|api_?-?key|apikey|access_?-?key|credential|signature).{0,16}"
          + "|(?i)(?:key|sig|pass|auth|code|sign)");

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
        out.append("=***");
        at = valueEnd(text, at + 1);
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
    int start = equals;
    while (start > 0 && equals - start < LONGEST_NAME && name(text.charAt(start - 1))) {
      start--;
    }
    return start < equals && SECRET_NAME.matcher(text.substring(start, equals)).matches();
  }

  private static boolean name(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
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
