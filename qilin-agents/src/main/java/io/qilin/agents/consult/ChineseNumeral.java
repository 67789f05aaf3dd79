package io.qilin.agents.consult;

/**
 * A number in Chinese numerals (一千二百万, 十二点五亿).
 *
 * @param value not negative; {@code NaN} if the numerals make no number
 * @param step the worth of its last place
 */
record ChineseNumeral(double value, double step) {
  private static final String DIGITS = "〇一二三四五六七八九";
  private static final String PLACES = "十百千万亿";
  private static final int LONGEST = 24;

  static ChineseNumeral parse(String text) {
    if (text.length() > LONGEST) {
      return new ChineseNumeral(Double.NaN, 1);
    }
    String plain = text.replace('零', '〇').replace('两', '二');
    int point = plain.indexOf('点');
    if (point < 0) {
      return new ChineseNumeral(whole(plain), step(plain));
    }
    double scale = step(plain);
    String decimals = plain.substring(point + 1).replaceAll("[十百千万亿]", "");
    double worth = Math.pow(10, -decimals.length());
    double value = whole(plain.substring(0, point)) + spelled(decimals) * worth;
    return new ChineseNumeral(value * scale, worth * scale);
  }

  /** The worth of the places that the numerals end with: a million for 百万, 1 for a digit. */
  private static double step(String text) {
    double step = 1;
    for (int i = text.length() - 1; i >= 0 && PLACES.indexOf(text.charAt(i)) >= 0; i--) {
      step *= worth(text.charAt(i));
    }
    return step;
  }

  private static double worth(char place) {
    return switch (place) {
      case '十' -> 10;
      case '百' -> 100;
      case '千' -> 1000;
      case '万' -> 1e4;
      default -> 1e8;
    };
  }

  /** Digits one after the other; {@code NaN} if there is another sign. */
  private static double spelled(String digits) {
    double value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = DIGITS.indexOf(digits.charAt(i));
      value = digit < 0 ? Double.NaN : value * 10 + digit;
    }
    return value;
  }

  private static double whole(String text) {
    boolean places = text.chars().anyMatch(c -> PLACES.indexOf(c) >= 0);
    if (!places) {
      return spelled(text);
    }
    double total = 0;
    double section = 0;
    double digit = Double.NaN;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int found = DIGITS.indexOf(c);
      if (found >= 0) {
        digit = found;
      } else if (c == '万' || c == '亿') {
        section += Double.isNaN(digit) ? 0 : digit;
        total = c == '亿' ? (total + section) * 1e8 : total + section * 1e4;
        section = 0;
        digit = Double.NaN;
      } else {
        section += (Double.isNaN(digit) ? 1 : digit) * worth(c);
        digit = Double.NaN;
      }
    }
    return total + section + (Double.isNaN(digit) ? 0 : digit);
  }
}
