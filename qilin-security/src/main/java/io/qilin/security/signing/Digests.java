package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and HMAC-SHA256 of the JDK. */
final class Digests {
  static final int BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw missing(e);
    }
  }

  static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  private static QilinException missing(GeneralSecurityException e) {
    return new QilinException(
        ErrorCode.ALGORITHM_UNSUPPORTED, "this JDK has no SHA-256 or no HMAC with it", e);
  }
}
