package io.qilin.security.pii;

import java.util.Map;

/** Runs of letters and digits that as a whole are something: passports, credit codes, bank accounts, coin addresses. */
final class Tokens {
  /** Lengths of international bank account numbers by country, ISO 13616 registry. */
  private static final Map<String, Integer> IBAN_LENGTHS = Map.ofEntries(
      Map.entry("AD", 24),
      Map.entry("AE", 23),
      Map.entry("AL", 28),
      Map.entry("AT", 20),
      Map.entry("AZ", 28),
      Map.entry("BA", 20),
      Map.entry("BE", 16),
      Map.entry("BG", 22),
      Map.entry("BH", 22),
      Map.entry("BR", 29),
      Map.entry("BY", 28),
      Map.entry("CH", 21),
      Map.entry("CR", 22),
      Map.entry("CY", 28),
      Map.entry("CZ", 24),
      Map.entry("DE", 22),
      Map.entry("DK", 18),
      Map.entry("DO", 28),
      Map.entry("EE", 20),
      Map.entry("EG", 29),
      Map.entry("ES", 24),
      Map.entry("FI", 18),
      Map.entry("FO", 18),
      Map.entry("FR", 27),
      Map.entry("GB", 22),
      Map.entry("GE", 22),
      Map.entry("GI", 23),
      Map.entry("GL", 18),
      Map.entry("GR", 27),
      Map.entry("GT", 28),
      Map.entry("HR", 21),
      Map.entry("HU", 28),
      Map.entry("IE", 22),
      Map.entry("IL", 23),
      Map.entry("IQ", 23),
      Map.entry("IS", 26),
      Map.entry("IT", 27),
      Map.entry("JO", 30),
      Map.entry("KW", 30),
      Map.entry("KZ", 20),
      Map.entry("LB", 28),
      Map.entry("LC", 32),
      Map.entry("LI", 21),
      Map.entry("LT", 20),
      Map.entry("LU", 20),
      Map.entry("LV", 21),
      Map.entry("MC", 27),
      Map.entry("MD", 24),
      Map.entry("ME", 22),
      Map.entry("MK", 19),
      Map.entry("MR", 27),
      Map.entry("MT", 31),
      Map.entry("MU", 30),
      Map.entry("NL", 18),
      Map.entry("NO", 15),
      Map.entry("PK", 24),
      Map.entry("PL", 28),
      Map.entry("PS", 29),
      Map.entry("PT", 25),
      Map.entry("QA", 29),
      Map.entry("RO", 24),
      Map.entry("RS", 22),
      Map.entry("SA", 24),
      Map.entry("SC", 31),
      Map.entry("SE", 24),
      Map.entry("SI", 19),
      Map.entry("SK", 24),
      Map.entry("SM", 27),
      Map.entry("TL", 23),
      Map.entry("TN", 24),
      Map.entry("TR", 26),
      Map.entry("UA", 29),
      Map.entry("VA", 22),
      Map.entry("VG", 24),
      Map.entry("XK", 20));

  private Tokens() {}

  /** What the token from {@code start} to {@code end} is: where it ends, or -1. */
  static int at(Scan scan, int start, int end) {
    int length = end - start;
    if (length == 18) {
      int after = creditCode(scan, start, end);
      if (after > 0) {
        return after;
      }
    }
    if (length >= 9 && length <= 11) {
      return document(scan, start, end);
    }
    int after = length >= 4 ? iban(scan, start, end) : -1;
    if (after < 0 && length >= 26 && length <= 90) {
      after = CoinAddresses.valid(new String(scan.c, start, length))
          ? scan.add(start, end, PiiType.CRYPTO_ADDRESS)
          : -1;
    }
    return after;
  }

  private static int creditCode(Scan scan, int start, int end) {
    char[] code = new char[18];
    for (int i = 0; i < 18; i++) {
      code[i] = Alphabet.upper(scan.c[start + i]);
    }
    return CheckDigits.creditCode(code) ? scan.add(start, end, PiiType.USCC) : -1;
  }

  /** Passports and permits, securities accounts: a letter or two, and digits. */
  private static int document(Scan scan, int start, int end) {
    if (scan.look(start - 1) == '_' || scan.look(end) == '_') {
      return -1;
    }
    int digits = 0;
    for (int i = end; i > start && Alphabet.digit(scan.c[i - 1]); i--) {
      digits++;
    }
    int letters = end - start - digits;
    char first = Alphabet.upper(scan.c[start]);
    boolean told = Words.passportBefore(scan.c, start);
    if (end - start == 9 && passport(scan.c, start, first, letters, told)) {
      return scan.add(start, end, PiiType.CN_PASSPORT);
    }
    boolean permit =
        letters == 1 && digits != 9 && (first == 'H' || first == 'M' || first == 'C') && told;
    if (permit) {
      return scan.add(start, end, PiiType.CN_PASSPORT);
    }
    boolean account = letters == 1 && digits == 9 && "ABCDF".indexOf(first) >= 0;
    return account && Words.accountBefore(scan.c, start)
        ? scan.add(start, end, PiiType.SECURITIES_ACCOUNT)
        : -1;
  }

  /** E and eight digits, E with a second letter but I and O, or an older letter after the word. */
  private static boolean passport(char[] c, int start, char first, int letters, boolean told) {
    char second = c[start + 1];
    if (first == 'E' && Alphabet.upper(second) == second && c[start] == 'E') {
      boolean form = letters == 1 || (letters == 2 && second != 'I' && second != 'O');
      return form && (told || !Words.serialBefore(c, start));
    }
    return told && letters <= 2 && "EGDSPK".indexOf(first) >= 0;
  }

  private static boolean capital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static int iban(Scan scan, int start, int end) {
    boolean form = capital(scan.c[start])
        && capital(scan.c[start + 1])
        && Alphabet.digit(scan.c[start + 2])
        && Alphabet.digit(scan.c[start + 3]);
    if (!form || !scan.wants(PiiType.IBAN)) {
      return -1;
    }
    String country = new String(scan.c, start, 2);
    int length = IBAN_LENGTHS.getOrDefault(country, 0);
    char[] iban = new char[length];
    int taken = 0;
    int at = start;
    while (taken < length) {
      char c = scan.look(at);
      boolean gap = (c == ' ' || c == '-') && taken % 4 == 0 && taken > 0;
      if (Alphabet.alphanumeric(c)) {
        iban[taken++] = c;
      } else if (!gap || !Alphabet.alphanumeric(scan.look(at + 1))) {
        return -1;
      }
      at++;
    }
    boolean ends = length > 0 && at >= end && !Alphabet.alphanumeric(scan.look(at));
    return ends && CheckDigits.iban(iban, length) ? scan.add(start, at, PiiType.IBAN) : -1;
  }
}
