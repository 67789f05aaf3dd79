package io.qilin.security.pii;

/**
 * Replaces most letters and digits of a finding by {@code *}, one for one; spaces, dashes and brackets stay, invisible characters
 * go. At most seven digits are left of anything, so that a mask of a mask changes nothing and no number can be completed.
 *
 * <p>Kept are of a mobile number the first three and the last four digits (not the country code), of a resident id the same, of a
 * card the last four, of an e-mail address the first three characters (one, if it has three or fewer) and the domain.
 */
final class PiiMasks {
  private static final int MOST_DIGITS = 7;

  private PiiMasks() {}

  /** The mask of a finding's text. */
  static String mask(String text, PiiType type) {
    StringBuilder visible = visible(text);
    switch (type) {
      case EMAIL -> email(visible);
      case IP -> address(visible);
      case CN_MOBILE -> keep(visible, country(visible), 3, 4);
      case CN_ID -> keep(visible, 0, 3, 4);
      case USCC -> keep(visible, 0, 2, 4);
      case IBAN -> keep(visible, 0, 2, 4);
      case CRYPTO_ADDRESS -> keep(visible, 0, 4, 4);
      case BANK_CARD, PHONE, US_SSN -> keep(visible, 0, 0, 4);
      case CN_LANDLINE -> keep(visible, country(visible), 3, 2);
      case CN_PASSPORT, SECURITIES_ACCOUNT -> keep(visible, 0, 1, 3);
      case CN_PLATE -> keep(visible, 0, 2, 1);
      case MAC_ADDRESS -> keep(visible, 0, 4, 0);
      case NAME -> keep(visible, 0, 1, 0);
      case URL, DATE -> keep(visible, 0, 0, 0);
    }
    limit(visible);
    return visible.toString();
  }

  /** The mask of a value of which only the field's name says that it is personal. */
  static String whole(String text) {
    StringBuilder visible = visible(text);
    keep(visible, 0, 0, 0);
    return visible.length() == 0 ? "*" : visible.toString();
  }

  private static StringBuilder visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (Alphabet.plain(text.charAt(i)) != 0) {
        visible.append(text.charAt(i));
      }
    }
    return visible;
  }

  /** How many digits of a country code there are before the number: 86 or 0086. */
  private static int country(StringBuilder text) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int digit = Character.digit(plainPoint(text, i), 10);
      if (digit >= 0) {
        digits.append(digit);
      }
      i += Character.charCount(text.codePointAt(i));
    }
    if (digits.indexOf("0086") == 0) {
      return 4;
    }
    return digits.indexOf("86") == 0 ? 2 : 0;
  }

  /** Stars all letters and digits but, after those of the country code, the first and the last few. */
  private static void keep(StringBuilder text, int country, int first, int last) {
    int content = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      content += content(text, i) ? 1 : 0;
    }
    int seen = 0;
    for (int i = 0; i < text.length(); ) {
      if (content(text, i)) {
        boolean kept = (seen >= country && seen < country + first) || seen >= content - last;
        if (!kept) {
          star(text, i);
        }
        seen++;
      }
      i += Character.charCount(text.codePointAt(i));
    }
  }

  private static void star(StringBuilder text, int at) {
    text.replace(at, at + Character.charCount(text.codePointAt(at)), "*");
  }

  private static boolean content(StringBuilder text, int at) {
    return Character.isLetterOrDigit(plainPoint(text, at));
  }

  private static int plainPoint(StringBuilder text, int at) {
    int point = text.codePointAt(at);
    return point < 1 << 16 ? Alphabet.plain((char) point) : point;
  }

  /** Keeps the first three characters and the domain. */
  private static void email(StringBuilder text) {
    int at = 0;
    while (plainPoint(text, at) != '@') {
      at++;
    }
    for (int i = at > 3 ? 3 : Math.min(1, at - 1); i < at; i++) {
      text.setCharAt(i, '*');
    }
  }

  /** Keeps the first two numbers of IPv4, the first group of IPv6, and the length of a prefix. */
  private static void address(StringBuilder text) {
    boolean six = false;
    for (int i = 0; i < text.length(); i++) {
      six |= plainPoint(text, i) == ':';
    }
    int parts = 0;
    for (int i = 0; i < text.length() && plainPoint(text, i) != '/'; i++) {
      int c = plainPoint(text, i);
      if (c == '.' || c == ':') {
        parts++;
      } else if (parts >= (six ? 1 : 2)) {
        star(text, i);
      }
    }
  }

  /** Stars digits from the left until at most seven are left. */
  private static void limit(StringBuilder text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      digits += Character.digit(plainPoint(text, i), 10) >= 0 ? 1 : 0;
    }
    for (int i = 0; i < text.length() && digits > MOST_DIGITS; ) {
      if (Character.digit(plainPoint(text, i), 10) >= 0) {
        star(text, i);
        digits--;
      }
      i += Character.charCount(text.codePointAt(i));
    }
  }
}
