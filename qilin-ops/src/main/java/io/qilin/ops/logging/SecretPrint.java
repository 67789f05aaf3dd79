package io.qilin.ops.logging;

import io.qilin.ops.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * By what a secret is known again.
 *
 * @param length in characters
 * @param beginning hash of the first eight
 * @param whole hash of all
 * @param digest SHA-256 of all
 */
record SecretPrint(int length, long beginning, long whole, String digest) {
  static SecretPrint of(String text) {
    return new SecretPrint(
        text.length(),
        RollingHash.window(text, 0),
        new RollingHash(text).part(0, text.length()),
        digest(text));
  }

  /** Whether it stands at a place of a text. */
  boolean at(String text, int start, RollingHash hash) {
    return start + length <= text.length()
        && hash.part(start, length) == whole
        && MessageDigest.isEqual(
            digest(text.substring(start, start + length)).getBytes(StandardCharsets.US_ASCII),
            digest.getBytes(StandardCharsets.US_ASCII));
  }

  private static String digest(String text) {
    return HexFormat.of()
        .formatHex(Sha256.start().digest(text.getBytes(StandardCharsets.UTF_16BE)));
  }
}
