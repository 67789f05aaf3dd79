package io.qilin.agents.analyst;

/**
 * Amounts of money in a text: a number before 元, 万元, 亿元, {@code yuan}, {@code million yuan},
 * {@code billion yuan} ({@code rmb}, {@code cny}), or after {@code rmb}. Shares (万股), percent and
 * other currencies are none. One pass, no backtracking.
 */
final class Amounts {
  private static final int MOST_DIGITS = 15;
  private static final double MOST = 1e13;

  private Amounts() {}

  /** The largest amount in yuan; {@code NaN} if there is none, or only such as exceed 10^13. */
  static double largest(PlainText text) {
    double largest = Double.NaN;
    int at = 0;
    while (at < text.length()) {
      if (!digit(text.at(at))) {
        at++;
        continue;
      }
      int end = endOf(text, at);
      double yuan = number(text, at, end) * unit(text, at, end);
      largest = yuan > 0 && yuan <= MOST && !(yuan < largest) ? yuan : largest;
      at = end;
    }
    return largest;
  }

  private static int endOf(PlainText text, int from) {
    int end = from;
    while (end < text.length()
        && (digit(text.at(end))
            || ((text.at(end) == '.' || text.at(end) == ',')
                && end + 1 < text.length()
                && digit(text.at(end + 1))))) {
      end++;
    }
    return end;
  }

  private static double number(PlainText text, int from, int end) {
    double whole = 0;
    double scale = 1;
    int digits = 0;
    boolean fraction = false;
    for (int k = from; k < end; k++) {
      char c = text.at(k);
      if (c == '.' && fraction) {
        return Double.NaN;
      }
      fraction |= c == '.';
      if (digit(c)) {
        whole = whole * 10 + (c - '0');
        scale *= fraction ? 10 : 1;
        digits++;
      }
    }
    return digits > MOST_DIGITS ? Double.NaN : whole / scale;
  }

  private static double unit(PlainText text, int from, int end) {
    int at = end < text.length() && text.at(end) == ' ' ? end + 1 : end;
    double scale = 1;
    if (starts(text, at, "亿")) {
      scale = 1e8;
      at++;
    } else if (starts(text, at, "万")) {
      scale = 1e4;
      at++;
    } else if (starts(text, at, "billion")) {
      scale = 1e9;
      at += 7;
    } else if (starts(text, at, "million")) {
      scale = 1e6;
      at += 7;
    }
    at = at < text.length() && text.at(at) == ' ' ? at + 1 : at;
    boolean named = starts(text, at, "元")
        || starts(text, at, "人民币")
        || starts(text, at, "yuan")
        || starts(text, at, "rmb")
        || starts(text, at, "cny");
    return named || ends(text, from, "rmb") || ends(text, from, "rmb ") ? scale : Double.NaN;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean starts(PlainText text, int at, String word) {
    if (at + word.length() > text.length()) {
      return false;
    }
    for (int k = 0; k < word.length(); k++) {
      if (text.at(at + k) != word.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  private static boolean ends(PlainText text, int at, String word) {
    return at >= word.length() && starts(text, at - word.length(), word);
  }
}
