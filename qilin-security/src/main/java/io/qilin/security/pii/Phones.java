package io.qilin.security.pii;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/**
 * Landline numbers of China by their area codes, and international numbers. Only what begins with a plus sign or an area code of
 * America in brackets is handed to libphonenumber, which knows the numbering plans.
 */
final class Phones {
  /** The least with its country code: Niue and Tokelau have four digits of their own. */
  static final int FEWEST = 7;

  /** As many digits, or more, in one piece after a plus sign are hardly an amount. */
  private static final int PLAIN = 9;

  private static final int MOST = 15;

  private Phones() {}

  /** A phone number that begins with the gathered digits. */
  static int at(Scan scan, Numbers numbers, int start) {
    char before = scan.look(start - 1);
    if (before == '+' && !Alphabet.alphanumeric(scan.look(start - 2))) {
      return international(scan, numbers);
    }
    if (scan.look(start) == '0') {
      return landline(scan, numbers, start);
    }
    boolean american = before == '(' && numbers.groupLength() == 3 && numbers.groupEnding(6) >= 0;
    return american ? american(scan, numbers, start) : -1;
  }

  private static int international(Scan scan, Numbers numbers) {
    for (int length = Math.min(MOST, numbers.count()); length >= FEWEST; length--) {
      int group = numbers.groupEnding(length);
      if (group < 0 || (group == 0 && numbers.signedAmount(length, PLAIN))) {
        continue;
      }
      String text = "+" + numbers.text(length);
      if (valid(text)) {
        PiiType type = text.startsWith("+86") ? PiiType.CN_LANDLINE : PiiType.PHONE;
        return scan.add(numbers.countryStart(), numbers.endOf(length), type);
      }
    }
    return -1;
  }

  private static int landline(Scan scan, Numbers numbers, int start) {
    boolean bracket = scan.look(start - 1) == '(';
    for (int length = Math.min(12, numbers.count()); length >= 11; length--) {
      int group = numbers.groupEnding(length);
      boolean formatted =
          group >= 1 && group <= 2 && (numbers.groupLength() == 3 || numbers.groupLength() == 4);
      boolean told = group == 0 && Words.phoneBefore(scan.c, start);
      if ((formatted || told)
          && !Words.fractionBefore(scan.c, start)
          && !Words.fractionAfter(scan.c, scan.n, numbers.endOf(length))
          && areaCode(numbers, length)) {
        int end = numbers.endOf(length);
        return scan.add(bracket ? start - 1 : start, extension(scan, end), PiiType.CN_LANDLINE);
      }
    }
    return -1;
  }

  /** 010 and 02x with eight digits, 03xx to 09xx with seven or eight; none of these begins with 0, 1 or 9. */
  private static boolean areaCode(Numbers numbers, int length) {
    String digits = numbers.text(length);
    boolean large = digits.charAt(1) == '2' ? digits.charAt(2) != '6' : digits.startsWith("010");
    int area = large ? 3 : 4;
    char first = digits.charAt(area);
    boolean grouped = numbers.groupEnding(length) == 0 || numbers.groupLength() == area;
    boolean fits = large ? length == 11 : digits.charAt(1) >= '3' && length >= 11;
    return grouped && fits && first >= '2' && first <= '8';
  }

  /** After the digits of an extension that a dash or the word 转 joins to the number. */
  private static int extension(Scan scan, int end) {
    char gap = scan.look(end);
    if (gap != '-' && gap != '转') {
      return end;
    }
    int stop = scan.digitEnd(end + 1);
    int length = stop - end - 1;
    return length >= 1 && length <= 5 ? stop : end;
  }

  private static int american(Scan scan, Numbers numbers, int start) {
    boolean shape = numbers.groupEnding(10) == 2 && valid("+1" + numbers.text(10));
    return shape ? scan.add(start - 1, numbers.endOf(10), PiiType.PHONE) : -1;
  }

  private static boolean valid(String text) {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    try {
      PhoneNumber number = plans.parse(text, "ZZ");
      return plans.isValidNumber(number);
    } catch (NumberParseException notAPhone) {
      return false;
    }
  }
}
