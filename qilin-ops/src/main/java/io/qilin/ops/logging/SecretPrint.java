package io.qilin.ops.logging;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_16BE)));
    } catch (NoSuchAlgorithmException e) {
      throw new QilinException(
          ErrorCode.ALGORITHM_UNSUPPORTED,
          "this Java has no SHA-256, by which secrets are hidden",
          e);
    }
  }
}
