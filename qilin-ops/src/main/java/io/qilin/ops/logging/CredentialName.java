package io.qilin.ops.logging;

/** What the name before a separator says about the value after it. */
enum CredentialName {
  /** Nothing. */
  NONE,
  /** The value is a credential. */
  VALUE,
  /** The whole line is a credential: a header of HTTP. */
  HEADER,
  /** A credential, or how many tokens a language model took. */
  TOKENS;

  private static final int LONGEST = 48;

  private static final String[] PARTS = {
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "token",
    "secret",
    "apikey",
    "accesskey",
    "privatekey",
    "credential",
    "signature",
    "sessionid",
    "密码",
    "口令",
    "密钥",
    "令牌"
  };

  private static final String[] HEADERS = {"authorization", "cookie"};

  /** Short names that say it only in the query of an address. */
  private static final String[] IN_QUERY = {"key", "sig", "sign", "code", "auth", "pass"};

  /** Judges the name of a field that stands alone, such as a key of the MDC. */
  static boolean secret(String name) {
    return name.length() <= LONGEST && before(name, name.length()) != NONE;
  }

  /** Judges the name that ends before a place, quotation marks and up to two spaces aside. */
  static CredentialName before(String text, int separator) {
    int end = separator;
    while (end > 0 && separator - end < 4 && aside(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && end - start < LONGEST && part(text.charAt(start - 1))) {
      start--;
    }
    if (end - start < 2) {
      return NONE;
    }
    char before = start > 0 ? text.charAt(start - 1) : ' ';
    return judge(bare(text, start, end), before == '?' || before == '&');
  }

  private static CredentialName judge(String name, boolean inQuery) {
    if (any(HEADERS, name)) {
      return HEADER;
    }
    if (any(PARTS, name)) {
      return name.endsWith("tokens") ? TOKENS : VALUE;
    }
    for (String one : IN_QUERY) {
      if (inQuery && one.equals(name)) {
        return VALUE;
      }
    }
    return NONE;
  }

  private static boolean any(String[] parts, String name) {
    for (String part : parts) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean aside(char c) {
    return c == '"' || c == '\'' || c == '\\' || c == ' ';
  }

  private static boolean part(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  /** In small letters, without what joins words. */
  private static String bare(String text, int start, int end) {
    StringBuilder name = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        name.append(Character.toLowerCase(c));
      }
    }
    return name.toString();
  }
}
