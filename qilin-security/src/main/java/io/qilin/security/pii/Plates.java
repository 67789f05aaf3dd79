package io.qilin.security.pii;

/**
 * Number plates (GA 36): the province, a letter, perhaps a dot or space, and five letters or digits, of which the last may be one
 * of 挂学警港澳领使; six for new-energy cars. I and O do not occur after the second place, and one of them is a digit.
 */
final class Plates {
  private static final String LAST = "挂学警港澳领使应急";
  private static final String ENERGY = "DABCEFGHJK";

  private Plates() {}

  static int at(Scan scan, int start) {
    char office = Alphabet.upper(scan.look(start + 1));
    if (office < 'A' || office > 'Z') {
      return -1;
    }
    int from = start + 2;
    char gap = scan.look(from);
    if (gap == '·' || gap == '•' || gap == '-' || gap == ' ' || gap == '.') {
      from++;
    }
    int end = from;
    int digits = 0;
    while (end - from < 7 && Alphabet.alphanumeric(scan.look(end))) {
      if (Alphabet.digit(scan.c[end])) {
        digits++;
      } else if (excluded(scan.c[end])) {
        return -1;
      }
      end++;
    }
    int length = end - from;
    boolean special = length == 4 && LAST.indexOf(scan.look(end)) >= 0;
    boolean plain = length == 5 && digits > 0;
    boolean energy = length == 6 && energy(scan, from, digits);
    if (special && digits >= 3) {
      return scan.add(start, end + 1, PiiType.CN_PLATE);
    }
    return plain || energy ? scan.add(start, end, PiiType.CN_PLATE) : -1;
  }

  private static boolean excluded(char c) {
    char upper = Alphabet.upper(c);
    return upper == 'I' || upper == 'O';
  }

  private static boolean energy(Scan scan, int from, int digits) {
    boolean small = ENERGY.indexOf(Alphabet.upper(scan.c[from])) >= 0 && digits >= 4;
    boolean large = ENERGY.indexOf(Alphabet.upper(scan.c[from + 5])) >= 0 && digits == 5;
    return small || large;
  }
}
