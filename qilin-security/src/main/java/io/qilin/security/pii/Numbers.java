package io.qilin.security.pii;

import java.util.Arrays;

/**
 * Numbers in groups of digits, with one space or dash between: resident ids, cards, phones, social security numbers. Each of them
 * begins with the group at hand and ends with a group, so that no number is found inside a longer run of digits.
 */
final class Numbers {
  private static final int MOST_DIGITS = 24;

  /** Nothing without a plus sign has fewer digits in one piece. */
  private static final int FEWEST_DIGITS = 9;

  /** So many mask characters in a row, and digits beside them are what a mask left over. */
  private static final int MASK_RUN = 4;

  private final Scan scan;
  private int start;
  private final char[] digits = new char[MOST_DIGITS];
  private final int[] places = new int[MOST_DIGITS];

  /** After how many digits each group ends. */
  private final int[] ends = new int[MOST_DIGITS];

  /** The group that ends after so many digits, or -1. */
  private final int[] endings = new int[MOST_DIGITS + 1];

  private int groups;
  private int count;

  Numbers(Scan scan) {
    this.scan = scan;
  }

  private void begin(int from) {
    start = from;
    groups = 0;
    count = 0;
    Arrays.fill(endings, -1);
  }

  /** What begins with the run of digits from {@code start} to {@code end}: where it ends, or -1. */
  int at(int from, int end) {
    int length = end - from;
    char next = scan.look(end);
    if (length <= 4 && next == '.') {
      int after = NetworkAddresses.atDigits(scan, from, end);
      if (after > 0) {
        return after;
      }
    }
    boolean goesOn = (next == ' ' || next == '-' || next == ')' || next == '.')
        && (Alphabet.digit(scan.look(end + 1)) || next == ')');
    boolean enough = length >= (scan.look(from - 1) == '+' ? Phones.FEWEST : FEWEST_DIGITS);
    if ((!enough && !goesOn) || length > MOST_DIGITS) {
      return -1;
    }
    begin(from);
    return gather(end) ? first() : -1;
  }

  /** A resident id that is just the run of digits, and perhaps X. */
  int idAt(int from, int end) {
    int length = end - from;
    if (length != 18 && length != 17) {
      return -1;
    }
    begin(from);
    return append(from, end) ? residentId() : -1;
  }

  /** Collects groups; false if the first is left over by a mask. */
  private boolean gather(int firstEnd) {
    if (!append(start, firstEnd) || remnant(start, firstEnd)) {
      return false;
    }
    int at = firstEnd;
    if (scan.look(at) == ')' && bracketed()) {
      at++;
      if (Alphabet.digit(scan.look(at))) {
        at--;
      }
    }
    while (true) {
      char gap = scan.look(at);
      boolean joins = gap == ' '
          || gap == '-'
          || (gap == '.' && dotted())
          || (gap == ')' && at == firstEnd && bracketed());
      if (!joins || !Alphabet.digit(scan.look(at + 1))) {
        return true;
      }
      int end = scan.digitEnd(at + 1);
      if (remnant(at + 1, end) || !append(at + 1, end)) {
        return true;
      }
      at = end;
    }
  }

  private boolean bracketed() {
    char before = scan.look(start - 1);
    return before == '(' || (before == '+' && scan.look(start - 2) == '(');
  }

  /** Whether the groups so far can be those of a mobile number with dots between. */
  private boolean dotted() {
    return digits[0] == '1' && ((groups == 1 && count == 3) || (groups == 2 && count == 7));
  }

  private boolean append(int from, int to) {
    if (count + to - from > MOST_DIGITS) {
      return false;
    }
    for (int i = from; i < to; i++) {
      places[count] = i;
      digits[count++] = scan.c[i];
    }
    endings[count] = groups;
    ends[groups++] = count;
    return true;
  }

  private boolean remnant(int from, int to) {
    return to - from <= 4 && (stars(from, -1) || stars(to - 1, 1));
  }

  private boolean stars(int at, int step) {
    int i = at + step;
    int run = 0;
    for (int looked = 0; looked < 2 * MASK_RUN && run < MASK_RUN; looked++) {
      char c = scan.look(i);
      if (c == '*') {
        run++;
      } else if (c != ' ' && c != '-' && c != ')') {
        return false;
      }
      i += step;
    }
    return run == MASK_RUN;
  }

  private int first() {
    int after = residentId();
    after = after > 0 ? after : creditCode();
    after = after > 0 ? after : card();
    after = after > 0 ? after : mobile();
    after = after > 0 ? after : Phones.at(scan, this, start);
    after = after > 0 ? after : socialSecurity();
    return after > 0 ? after : weak();
  }

  private int residentId() {
    int after = residentId(18, 0);
    return after > 0 ? after : residentId(17, 1);
  }

  private int residentId(int length, int letters) {
    int group = groupEnding(length);
    if (group < 0 || !CheckDigits.region(CheckDigits.number(digits, 0, 2))) {
      return -1;
    }
    int end = endOf(length);
    char[] id = Arrays.copyOf(digits, 18);
    if (letters == 1) {
      id[17] = scan.look(end);
      if (Alphabet.upper(id[17]) != 'X' || Alphabet.alphanumeric(scan.look(end + 1))) {
        return -1;
      }
    }
    return CheckDigits.residentId(id) ? scan.add(start, end + letters, PiiType.CN_ID) : -1;
  }

  private int creditCode() {
    boolean whole = ends[0] == 18
        && !Alphabet.letter(scan.look(start - 1))
        && !Alphabet.letter(scan.look(endOf(18)));
    return whole && CheckDigits.creditCode(digits) ? scan.add(start, endOf(18), PiiType.USCC) : -1;
  }

  private int card() {
    for (int length = Math.min(19, count); length >= 13; length--) {
      if (groupEnding(length) >= 0
          && !(length == 18 && birth())
          && CardPrefixes.known(digits, length, ends[0] != length)
          && cardShape(length)
          && CheckDigits.luhn(digits, length)
          && !amount(endOf(length))) {
        return scan.add(start, endOf(length), PiiType.BANK_CARD);
      }
    }
    return -1;
  }

  /** Whether 18 digits have the region and date of a resident id: with a wrong check character they are no card either. */
  private boolean birth() {
    return CheckDigits.region(CheckDigits.number(digits, 0, 2))
        && CheckDigits.date(
            CheckDigits.number(digits, 6, 4),
            CheckDigits.number(digits, 10, 2),
            CheckDigits.number(digits, 12, 2));
  }

  /** In one piece, in fours, 6 and the rest, or as the schemes print 14 and 15 digits. */
  private boolean cardShape(int length) {
    int last = groupEnding(length);
    if (last == 0) {
      return true;
    }
    char gap = scan.look(places[ends[0] - 1] + 1);
    char after = scan.look(endOf(length));
    // A dash joins the last group to what follows, where spaces part the groups.
    boolean joined = after == '-' && gap != '-' && Alphabet.digit(scan.look(endOf(length) + 1));
    if (joined) {
      return false;
    }
    boolean fours = true;
    boolean singles = true;
    for (int i = 0; i <= last; i++) {
      int size = ends[i] - (i == 0 ? 0 : ends[i - 1]);
      fours &= size == 4 || (i == last && size <= 4);
      singles &= size == 1;
    }
    boolean two = last == 1 && (ends[0] == 6 || ends[0] == 8 || ends[0] == 4);
    boolean three = last == 2 && ends[0] == 4 && (ends[1] == 10 || ends[1] == 8 || ends[1] == 12);
    return fours || singles || two || three;
  }

  private int mobile() {
    int country = digits[0] == '1'
        ? 0
        : digits[0] == '8' && digits[1] == '6' ? 2 : startsWith("0086") ? 4 : -1;
    int length = country + 11;
    boolean form = country >= 0
        && count >= length
        && groupEnding(length) >= 0
        && digits[country] == '1'
        && digits[country + 1] >= '3'
        && mobileShape(country, length);
    if (!form || (country == 0 && number(endOf(length)))) {
      return -1;
    }
    return scan.add(country == 0 ? start : countryStart(), endOf(length), PiiType.CN_MOBILE);
  }

  private boolean startsWith(String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (digits[i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The groups of the national part are of a form that people write. */
  private boolean mobileShape(int country, int length) {
    StringBuilder shape = new StringBuilder();
    int before = country;
    for (int i = 0; i < groups && ends[i] <= length; i++) {
      if (ends[i] > country) {
        shape.append(ends[i] - before);
        before = ends[i];
      }
    }
    return switch (shape.toString()) {
      case "11", "344", "38", "74", "434", "335", "3332", "3224", "34211", "11111111111" -> true;
      default -> false;
    };
  }

  /** Where a country code begins with its plus sign and bracket. */
  int countryStart() {
    int from = start;
    if (scan.look(from - 1) == '+') {
      from--;
    }
    return scan.look(from - 1) == '(' && bracketClosed(from) ? from - 1 : from;
  }

  private boolean bracketClosed(int from) {
    for (int i = from; i < from + 8; i++) {
      if (scan.look(i) == ')') {
        return true;
      }
    }
    return false;
  }

  /** Whether the digits up to {@code end} are a sum, a count of shares, or a part of a decimal number. */
  private boolean amount(int end) {
    return Words.fractionAfter(scan.c, scan.n, end)
        || Words.fractionBefore(scan.c, start)
        || (Words.unitAfter(scan.c, scan.n, end) && !Words.cardBefore(scan.c, start));
  }

  /** Whether they are an amount or a serial number, and nothing says that they are a phone. */
  private boolean number(int end) {
    if (Words.fractionAfter(scan.c, scan.n, end) || Words.fractionBefore(scan.c, start)) {
      return true;
    }
    boolean other = Words.unitAfter(scan.c, scan.n, end)
        || Words.amountBefore(scan.c, start)
        || Words.serialBefore(scan.c, start);
    return other && !Words.phoneBefore(scan.c, start);
  }

  /** Whether so many digits after a plus sign, in one piece, go on as a fraction, or are fewer than {@code few} and an amount. */
  boolean signedAmount(int length, int few) {
    int end = endOf(length);
    return length < few ? number(end) : Words.fractionAfter(scan.c, scan.n, end);
  }

  /** Three, two and four digits with dashes, or with spaces and the word before. */
  private int socialSecurity() {
    boolean shape = groups >= 3 && ends[0] == 3 && ends[1] == 5 && ends[2] == 9;
    if (!shape) {
      return -1;
    }
    int area = CheckDigits.number(digits, 0, 3);
    char gap = scan.look(places[2] + 1);
    boolean valid = area != 0
        && area != 666
        && area < 900
        && CheckDigits.number(digits, 3, 2) != 0
        && CheckDigits.number(digits, 5, 4) != 0
        && gap == scan.look(places[4] + 1)
        && scan.look(endOf(9)) != '-'
        && scan.look(start - 1) != '-'
        && (gap == '-' || Words.ssnBefore(scan.c, start));
    return valid ? scan.add(start, endOf(9), PiiType.US_SSN) : -1;
  }

  /** What has no check character and no form of its own: only a word before tells. */
  private int weak() {
    if (ends[0] == 15 && CheckDigits.oldResidentId(digits) && Words.idBefore(scan.c, start)) {
      return scan.add(start, endOf(15), PiiType.CN_ID);
    }
    if (ends[0] == 9 && digits[0] == '1' && Words.passportBefore(scan.c, start)) {
      return scan.add(start, endOf(9), PiiType.CN_PASSPORT);
    }
    if (ends[0] == 10 && digits[0] == '0' && Words.accountBefore(scan.c, start)) {
      return scan.add(start, endOf(10), PiiType.SECURITIES_ACCOUNT);
    }
    return -1;
  }

  /** The group that ends after {@code length} digits, or -1. */
  int groupEnding(int length) {
    return length <= count ? endings[length] : -1;
  }

  /** After which character the first {@code length} digits end. */
  int endOf(int length) {
    return places[length - 1] + 1;
  }

  int count() {
    return count;
  }

  int groupLength() {
    return ends[0];
  }

  String text(int length) {
    return new String(digits, 0, length);
  }
}
