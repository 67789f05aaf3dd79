package io.qilin.security.pii;

import java.time.YearMonth;
import java.util.Arrays;

/** Check characters of numbers, each over a part of a plain text. */
final class CheckDigits {
  private static final String USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  private static final String ID_CHECKS = "10X98765432";
  private static final int[] ID_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final byte[] USCC_VALUES = new byte[128];

  static {
    Arrays.fill(USCC_VALUES, (byte) -1);
    for (int i = 0; i < USCC_ALPHABET.length(); i++) {
      USCC_VALUES[USCC_ALPHABET.charAt(i)] = (byte) i;
    }
  }

  private CheckDigits() {}

  /** Luhn, ISO/IEC 7812-1 annex B, over the first {@code length} digits. */
  static boolean luhn(char[] digits, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int digit = digits[length - 1 - i] - '0';
      int twice = 2 * digit;
      sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
  }

  /** GB 11643-1999: region, real date, check character; of 18 characters, the last perhaps X. */
  static boolean residentId(char[] id) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += (id[i] - '0') * ID_WEIGHTS[i];
    }
    return ID_CHECKS.charAt(sum % 11) == Alphabet.upper(id[17])
        && region(number(id, 0, 2))
        && date(number(id, 6, 4), number(id, 10, 2), number(id, 12, 2));
  }

  /** The form before 1999, of 15 digits: region, date in the 20th century, sequence; it has no check digit. */
  static boolean oldResidentId(char[] id) {
    return region(number(id, 0, 2))
        && date(1900 + number(id, 6, 2), number(id, 8, 2), number(id, 10, 2));
  }

  /** First two digits of a region by GB/T 2260. */
  static boolean region(int two) {
    return (two >= 11 && two <= 15)
        || (two >= 21 && two <= 23)
        || (two >= 31 && two <= 37)
        || (two >= 41 && two <= 46)
        || (two >= 50 && two <= 54)
        || (two >= 61 && two <= 65)
        || two == 71
        || (two >= 81 && two <= 83);
  }

  /** Whether the day exists, in the years 1850 to 2099. */
  static boolean date(int year, int month, int day) {
    if (year < 1850 || year > 2099 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    return day <= YearMonth.of(year, month).lengthOfMonth();
  }

  /** GB 32100-2015: department and kind, region, check character; of 18 characters. */
  static boolean creditCode(char[] code) {
    int sum = 0;
    int power = 1;
    for (int i = 0; i < 17; i++) {
      int value = code[i] < 128 ? USCC_VALUES[code[i]] : -1;
      if (value < 0) {
        return false;
      }
      sum += value * power;
      power = (power * 3) % 31;
    }
    int check = (31 - (sum % 31)) % 31;
    return code[17] < 128
        && USCC_VALUES[code[17]] == check
        && department(code[0], code[1])
        && digits(code, 2, 8)
        && region(number(code, 2, 2));
  }

  /** Registering department and kind, table 1 of GB 32100. */
  private static boolean department(char department, char kind) {
    return switch (department) {
      case '1' -> "1239".indexOf(kind) >= 0;
      case '2' -> "19".indexOf(kind) >= 0;
      case '3' -> "123459".indexOf(kind) >= 0;
      case '4' -> "19".indexOf(kind) >= 0;
      case '5' -> "1239".indexOf(kind) >= 0;
      case '6' -> "129".indexOf(kind) >= 0;
      case '7' -> "129".indexOf(kind) >= 0;
      case '8' -> "19".indexOf(kind) >= 0;
      case '9' -> "123".indexOf(kind) >= 0;
      case 'A' -> "19".indexOf(kind) >= 0;
      case 'N' -> "1239".indexOf(kind) >= 0;
      case 'Y' -> kind == '1';
      default -> false;
    };
  }

  private static boolean digits(char[] from, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Alphabet.digit(from[i])) {
        return false;
      }
    }
    return true;
  }

  /** ISO 7064 MOD 97-10 as ISO 13616 uses it: the first four characters moved to the end leave the remainder 1. */
  static boolean iban(char[] iban, int length) {
    int rest = 0;
    for (int i = 0; i < length; i++) {
      char c = Alphabet.upper(iban[(i + 4) % length]);
      int value = Alphabet.digit(c) ? c - '0' : c - 'A' + 10;
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }

  static int number(char[] digits, int start, int length) {
    int number = 0;
    for (int i = start; i < start + length; i++) {
      number = number * 10 + digits[i] - '0';
    }
    return number;
  }
}
