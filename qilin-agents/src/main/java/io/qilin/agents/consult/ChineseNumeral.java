package io.qilin.agents.consult;

/**
 * A number in Chinese numerals (一千二百万, 十二点五亿).
 *
 * @param value not negative; {@code NaN} if the numerals make no number
 * @param step the worth of its last place
 */
record ChineseNumeral(double value, double step) {
  private static final String DIGITS = "〇一二三四五六七八九";
  private static final int LONGEST = 24;

  static ChineseNumeral parse(String text) {
    if (text.length() > LONGEST) {
      return new ChineseNumeral(Double.NaN, 1);
    }
    String rest = text.replace('零', '〇').replace('两', '二');
    double scale = 1;
    boolean scaled = false;
    while (rest.length() > 1 && (rest.endsWith("万") || rest.endsWith("亿"))) {
      scale *= rest.endsWith("万") ? 1e4 : 1e8;
      scaled = true;
      rest = rest.substring(0, rest.length() - 1);
    }
    int point = rest.indexOf('点');
    if (point < 0) {
      return new ChineseNumeral(whole(rest) * scale, scaled ? scale : 1);
    }
    String decimals = rest.substring(point + 1);
    double fraction = spelled(decimals) / Math.pow(10, decimals.length());
    double value = whole(rest.substring(0, point)) + fraction;
    return new ChineseNumeral(value * scale, scale * Math.pow(10, -decimals.length()));
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
    boolean places = text.chars().anyMatch(c -> "十百千万亿".indexOf(c) >= 0);
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
        double place = c == '十' ? 10 : c == '百' ? 100 : 1000;
        section += (Double.isNaN(digit) ? 1 : digit) * place;
        digit = Double.NaN;
      }
    }
    return total + section + (Double.isNaN(digit) ? 0 : digit);
  }
}
