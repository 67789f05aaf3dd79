package io.qilin.security.pii;

/**
 * What each UTF-16 code unit stands for when personal data is looked for: full-width letters, digits of other scripts, spaces and
 * dashes of all kinds become their ASCII likes; invisible characters stand for nothing.
 */
final class Alphabet {
  static final byte OTHER = 0;
  static final byte DIGIT = 1;
  static final byte AT = 2;
  static final byte COLON = 3;
  static final byte DASH = 4;
  static final byte PROVINCE = 5;

  /** The code unit that a code unit stands for; 0 for invisible ones. */
  private static final char[] PLAIN = new char[1 << 16];

  /** By what a plain code unit begins something, or OTHER. */
  private static final byte[] TRIGGER = new byte[1 << 16];

  private static final String PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使";

  static {
    for (int c = 0; c < PLAIN.length; c++) {
      PLAIN[c] = plainOf((char) c);
    }
    for (char c = '0'; c <= '9'; c++) {
      TRIGGER[c] = DIGIT;
    }
    TRIGGER['@'] = AT;
    TRIGGER[':'] = COLON;
    TRIGGER['-'] = DASH;
    for (int k = 0; k < PROVINCES.length(); k++) {
      TRIGGER[PROVINCES.charAt(k)] = PROVINCE;
    }
  }

  private Alphabet() {}

  private static char plainOf(char c) {
    if (c < 128) {
      return c == 0 ? 1 : c;
    }
    // The full-width colon ends what is before it, it is not a part of network addresses.
    if (c >= '\uff01' && c <= '\uff5e' && c != '\uff1a') {
      return (char) (c - '\uff01' + '!');
    }
    int digit = Character.digit(c, 10);
    if (digit >= 0) {
      return (char) ('0' + digit);
    }
    boolean selector = (c >= '\ufe00' && c <= '\ufe0f') || c == '\u034f';
    return switch (Character.getType(c)) {
      case Character.FORMAT -> (char) 0;
      case Character.SPACE_SEPARATOR -> ' ';
      case Character.DASH_PUNCTUATION -> '-';
      default -> selector ? (char) 0 : c == '\u2212' ? '-' : c;
    };
  }

  static char plain(char c) {
    return PLAIN[c];
  }

  static byte trigger(char plain) {
    return TRIGGER[plain];
  }

  static boolean digit(char plain) {
    return plain >= '0' && plain <= '9';
  }

  static boolean letter(char plain) {
    return (plain >= 'a' && plain <= 'z') || (plain >= 'A' && plain <= 'Z');
  }

  static boolean alphanumeric(char plain) {
    return digit(plain) || letter(plain);
  }

  static boolean hex(char plain) {
    return digit(plain) || (plain >= 'a' && plain <= 'f') || (plain >= 'A' && plain <= 'F');
  }

  static char upper(char plain) {
    return plain >= 'a' && plain <= 'z' ? (char) (plain - 32) : plain;
  }

  static char lower(char plain) {
    return plain >= 'A' && plain <= 'Z' ? (char) (plain + 32) : plain;
  }
}
