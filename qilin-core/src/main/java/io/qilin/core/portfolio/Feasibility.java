package io.qilin.core.portfolio;

import io.qilin.api.error.QilinException;
import java.util.Locale;

/** Says which limit leaves no room, and what would. */
final class Feasibility {
  /** Rounding that does not make a set of limits impossible. */
  static final double SLACK = 1e-9;

  private Feasibility() {}

  /** That some shares under one cap can make up the total. */
  static void requireRoom(int shares, double total, double cap) {
    if (shares == 0) {
      throw QilinException.invalid("there is no share to put " + number(total)
          + " of the account into; give at least one with data");
    }
    if (shares * cap < total - SLACK) {
      throw QilinException.invalid("nameCap " + number(cap) + " lets " + shares
          + " shares make up at most " + number(shares * cap) + " of the account, but "
          + number(total) + " is to be invested; the cap must be at least "
          + number(Math.ceil(total / shares * 1e6) / 1e6) + ", or invested at most "
          + number(shares * cap));
    }
  }

  /** At most six decimals. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.6f", value);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
