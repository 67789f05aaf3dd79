package io.qilin.ops.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every JDK has. Stateless. */
public final class Sha256 {
  private Sha256() {}

  /** A digest with nothing in it. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new QilinException(ErrorCode.SYSTEM, "this JDK has no SHA-256", e);
    }
  }

  /** In hexadecimal, of the text in UTF-8. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(start().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
