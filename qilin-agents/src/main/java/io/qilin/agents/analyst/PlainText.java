package io.qilin.agents.analyst;

/**
 * A text from outside, made comparable: lower case, full-width forms as their half-width ones,
 * invisible characters gone, white space as one blank and none between Chinese characters. Of a
 * title no more than {@link #TITLE} characters are read, of a body {@link #BODY}, whatever its
 * length, so that the work per text is bounded. Immutable.
 */
final class PlainText {
  static final int TITLE = 512;
  static final int BODY = 3584;
  private static final char BREAK = '\n';

  private final char[] chars;
  private int length;
  private int titleEnd;
  private boolean blank;

  private PlainText(int capacity) {
    chars = new char[capacity];
  }

  static PlainText of(String title, String body) {
    int first = Math.min(title.length(), TITLE);
    int second = Math.min(body.length(), BODY);
    PlainText text = new PlainText(first + second + 1);
    text.append(title, first);
    text.blank = false;
    text.titleEnd = text.length;
    text.chars[text.length++] = BREAK;
    text.append(body, second);
    return text;
  }

  private void append(String raw, int count) {
    for (int k = 0; k < count; k++) {
      char c = raw.charAt(k);
      if (c < 0x80) {
        add(c <= ' ' ? ' ' : c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
      } else if (c >= 0x4E00 && c <= 0x9FFF) {
        add(c);
      } else {
        addOther(c);
      }
    }
  }

  private void addOther(char c) {
    if (c >= 0xFF01 && c <= 0xFF5E) {
      add(Character.toLowerCase((char) (c - 0xFEE0)));
    } else if (Character.isSpaceChar(c) || Character.isWhitespace(c)) {
      add(' ');
    } else if (Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.CONTROL) {
      add(Character.toLowerCase(c));
    }
  }

  private void add(char c) {
    if (c == ' ') {
      blank = length > 0 && chars[length - 1] != BREAK;
      return;
    }
    if (blank && !(chinese(c) && chinese(chars[length - 1]))) {
      chars[length++] = ' ';
    }
    blank = false;
    chars[length++] = c;
  }

  static boolean chinese(char c) {
    return c >= 0x4E00 && c <= 0x9FFF;
  }

  /** Whether a character ends a clause, over which no negation reaches. */
  static boolean ends(char c) {
    return switch (c) {
      case BREAK, ',', '.', ';', '!', '?', ':', '，', '。', '；', '！', '？', '：' -> true;
      default -> false;
    };
  }

  int length() {
    return length;
  }

  /** Where the title ends and the body begins. */
  int titleEnd() {
    return titleEnd;
  }

  char at(int index) {
    return chars[index];
  }

  /**
   * A fingerprint of the letters alone, so that a text that is repeated with other digits, signs or
   * spaces is the same.
   */
  long letters() {
    long hash = 0xcbf29ce484222325L;
    for (int k = 0; k < length; k++) {
      if (Character.isLetter(chars[k])) {
        hash = (hash ^ chars[k]) * 0x100000001b3L;
      }
    }
    return hash;
  }

  @Override
  public String toString() {
    return new String(chars, 0, length);
  }
}
