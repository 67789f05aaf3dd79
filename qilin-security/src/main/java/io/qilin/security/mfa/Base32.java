package io.qilin.security.mfa;

/** Base32 of RFC 4648, without padding. */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  static String encode(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    int buffer = 0;
    int held = 0;
    for (byte one : bytes) {
      buffer = ((buffer << 8) | (one & 0xff)) & 0xfff;
      held += 8;
      while (held >= BITS) {
        held -= BITS;
        out.append(ALPHABET.charAt((buffer >> held) & 31));
      }
    }
    if (held > 0) {
      out.append(ALPHABET.charAt((buffer << (BITS - held)) & 31));
    }
    return out.toString();
  }
}
