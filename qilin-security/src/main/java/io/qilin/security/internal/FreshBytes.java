package io.qilin.security.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.SecureRandom;

/** Random bytes from the source that the caller passed in; a source that fails or stands still is an error, never a zero. */
public final class FreshBytes {
  private FreshBytes() {}

  /**
   * Draws bytes.
   *
   * @param count how many, at least 12: so many are all zero about once in 2^96 times, or when the source is broken
   * @throws QilinException SECURITY_UNAVAILABLE if the source throws or gives nothing but zeros
   */
  public static byte[] draw(SecureRandom random, int count) {
    byte[] drawn = new byte[count];
    try {
      random.nextBytes(drawn);
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the source of random numbers failed; pass a working SecureRandom",
          e);
    }
    int any = 0;
    for (byte one : drawn) {
      any |= one;
    }
    if (any == 0) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the source of random numbers gave only zeros; pass a working SecureRandom");
    }
    return drawn;
  }
}
