package io.qilin.security.mfa;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The code of a counter (HOTP, RFC 4226, 5.3); of a time it is the code of the step that the time lies in (TOTP, RFC 6238, 4). */
public final class OneTimeCode {
  private static final int LEAST_SECRET_BYTES = 16;
  private static final int[] POWERS = {1_000_000, 10_000_000, 100_000_000};

  private OneTimeCode() {}

  /**
   * The code.
   *
   * @param secret at least 16 bytes (RFC 4226, requirement 6)
   * @param counter not negative
   * @param digits 6 to 8
   * @return so many digits, zeros in front included
   * @throws QilinException WEAK_KEY if the secret is too short; INVALID_ARGUMENT if counter or digits are out of range;
   *     ALGORITHM_UNSUPPORTED if the JDK does not have the algorithm
   */
  public static String of(byte[] secret, long counter, int digits, OtpAlgorithm algorithm) {
    if (secret.length < LEAST_SECRET_BYTES) {
      throw new QilinException(
          ErrorCode.WEAK_KEY,
          "the secret of one-time codes has " + secret.length + " bytes, at least 16 are needed");
    }
    if (counter < 0 || digits < 6 || digits > 8) {
      throw QilinException.invalid(
          "a one-time code is of a counter from 0 on and has 6 to 8 digits, not " + counter
              + " and " + digits);
    }
    byte[] hash = hmac(secret, counter, algorithm);
    int offset = hash[hash.length - 1] & 0xf;
    int truncated = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
    int power = POWERS[digits - 6];
    // The power in front keeps the zeros.
    return Integer.toString(power + truncated % power).substring(1);
  }

  private static byte[] hmac(byte[] secret, long counter, OtpAlgorithm algorithm) {
    try {
      Mac mac = Mac.getInstance(algorithm.jca());
      mac.init(new SecretKeySpec(secret, algorithm.jca()));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.ALGORITHM_UNSUPPORTED, "this JDK has no " + algorithm.jca(), e);
    }
  }
}
