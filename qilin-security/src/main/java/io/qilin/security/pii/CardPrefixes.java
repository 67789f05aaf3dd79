package io.qilin.security.pii;

/** Which numbers can be those of payment cards, by prefix and length (ISO/IEC 7812; published ranges of the card schemes). */
final class CardPrefixes {
  private CardPrefixes() {}

  /**
   * Whether a number of this length that begins with these digits can be a card; at least six digits are looked at. In groups,
   * the uncommon lengths of a scheme are not taken: what follows a card of 16 digits is then no part of it.
   */
  static boolean known(char[] digits, int length, boolean grouped) {
    int four = CheckDigits.number(digits, 0, 4);
    return switch (digits[0]) {
      case '2' -> four >= 2221 && four <= 2720 && length == 16;
      case '3' -> three(four, length, grouped);
      case '4' ->
        length == 16
            || (length == 19 && (!grouped || chinese(digits)))
            || (length == 13 && !grouped);
      case '5' -> five(four, length);
      case '6' -> six(four, digits, length);
      case '8' -> four / 100 == 81 && length >= 16;
      case '9' -> (four == 9558 || four == 9559) && length >= 16;
      default -> false;
    };
  }

  /** Prefixes under which China Construction Bank and Bank of China issued debit cards. */
  private static boolean chinese(char[] digits) {
    int six = CheckDigits.number(digits, 0, 6);
    return six == 436742 || six == 456351;
  }

  /** Diners Club, American Express, JCB. */
  private static boolean three(int four, int length, boolean grouped) {
    int two = four / 100;
    if (two == 34 || two == 37) {
      return length == 15;
    }
    if (four >= 3528 && four <= 3589) {
      return length == 16 || (length > 16 && !grouped);
    }
    boolean diners =
        (four >= 3000 && four <= 3059) || four == 3095 || two == 36 || two == 38 || two == 39;
    return diners && (length == 14 || length == 16);
  }

  /** Mastercard, Maestro, Dankort. */
  private static boolean five(int four, int length) {
    int two = four / 100;
    boolean maestro =
        (four >= 5018 && four <= 5020) || four == 5038 || four == 5612 || four == 5893;
    return maestro || (two >= 51 && two <= 55 && length == 16);
  }

  /** UnionPay, Discover, Maestro, and prefixes of Chinese banks from before UnionPay. */
  private static boolean six(int four, char[] digits, int length) {
    int two = four / 100;
    int six = CheckDigits.number(digits, 0, 6);
    boolean discover = four == 6011 || two == 65 || (four >= 6440 && four <= 6499);
    boolean bank =
        six == 601382 || six == 601428 || six == 603367 || six == 602907 || six == 690755;
    boolean maestro = four == 6304 || four == 6759 || (four >= 6761 && four <= 6763);
    boolean discovers = discover && (length == 16 || length == 19);
    return ((two == 62 || bank) && length >= 16) || discovers || maestro;
  }
}
