package io.qilin.security.pii;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Kinds of personal data. The order says which wins where two overlap: the earlier. */
public enum PiiType {
  /** An e-mail address; a number inside it is part of it. */
  EMAIL,
  /** Resident identity number (居民身份证号码) of 18 characters, GB 11643-1999, or of 15 digits as before it. */
  CN_ID,
  /** Unified social credit code (统一社会信用代码), GB 32100-2015. */
  USCC,
  /** International bank account number, ISO 13616. */
  IBAN,
  /** A payment card of 13 to 19 digits with a known prefix and a right check digit (Luhn, ISO/IEC 7812): debit and credit. */
  BANK_CARD,
  /** A mobile number of China, with or without +86. */
  CN_MOBILE,
  /** A landline number of China with its area code. */
  CN_LANDLINE,
  /** Any other phone number that its form shows as one. */
  PHONE,
  /** An ordinary passport or travel permit of China. */
  CN_PASSPORT,
  /** A securities account of Shanghai (letter and nine digits) or Shenzhen (ten digits), named so before the number. */
  SECURITIES_ACCOUNT,
  /** A number plate of China, of new-energy cars too. */
  CN_PLATE,
  /** US social security number. */
  US_SSN,
  /** A Bitcoin address with a right checksum. */
  CRYPTO_ADDRESS,
  /** Hardware address of a network card. */
  MAC_ADDRESS,
  /** IPv4 or IPv6 address, with the length of its prefix if that follows. */
  IP,
  /** A name out of the caller's dictionary; not looked for unless there is one. */
  NAME,
  /** A web address; not looked for unless asked for. */
  URL,
  /** A date; not looked for unless asked for. */
  DATE;

  private static final Set<PiiType> STANDARD =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(NAME, URL, DATE)));

  /** Whether it is a number that people write in groups, with spaces or dashes between. */
  boolean number() {
    return switch (this) {
      case CN_ID,
          USCC,
          IBAN,
          BANK_CARD,
          CN_MOBILE,
          CN_LANDLINE,
          PHONE,
          CN_PASSPORT,
          SECURITIES_ACCOUNT,
          US_SSN -> true;
      default -> false;
    };
  }

  /** What is looked for unless the caller says otherwise: all but names, web addresses and dates. */
  public static Set<PiiType> standard() {
    return STANDARD;
  }
}
