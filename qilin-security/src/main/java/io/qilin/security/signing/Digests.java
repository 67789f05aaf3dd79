package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.internal.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and HMAC-SHA256 of the JDK. */
final class Digests {
  static final int BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  private Digests() {}

  static MessageDigest sha256() {
    return Sha256.start();
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
