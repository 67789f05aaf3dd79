package io.qilin.security.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of the JDK. */
public final class Sha256 {
  private Sha256() {}

  /**
   * Starts a digest.
   *
   * @throws QilinException ALGORITHM_UNSUPPORTED if this JDK has none, which every JDK must have
   */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new QilinException(
          ErrorCode.ALGORITHM_UNSUPPORTED, "this JDK has no SHA-256, which every JDK must have", e);
    }
  }

  /** The 32 bytes of some bytes; errors as {@link #start}. */
  public static byte[] of(byte[] bytes) {
    return start().digest(bytes);
  }
}
