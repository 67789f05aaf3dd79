package io.qilin.security.crypto;

import io.qilin.api.error.QilinException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.ProviderException;
import javax.crypto.Cipher;

/** The AES key wrap (RFC 3394, NIST SP 800-38F) with its default initial value. */
final class AesKeyWrap {
  private static final int BLOCK = 8;
  private static final int LEAST_BLOCKS = 2;

  private AesKeyWrap() {}

  static byte[] wrap(byte[] key, byte[] data) {
    if (data.length < LEAST_BLOCKS * BLOCK || data.length % BLOCK != 0) {
      throw QilinException.invalid(
          "the AES key wrap takes 16 bytes or more, a multiple of 8, not " + data.length);
    }
    try {
      Cipher cipher = JdkCrypto.cipher("AESWrap");
      cipher.init(Cipher.WRAP_MODE, JdkCrypto.aes(key));
      return cipher.wrap(JdkCrypto.aes(data));
    } catch (GeneralSecurityException e) {
      throw JdkCrypto.missing("AES key wrap with this key", e);
    }
  }

  static byte[] unwrap(byte[] key, byte[] wrapped) {
    if (wrapped.length < (LEAST_BLOCKS + 1) * BLOCK || wrapped.length % BLOCK != 0) {
      throw AesGcm.failed();
    }
    try {
      Cipher cipher = JdkCrypto.cipher("AESWrap");
      cipher.init(Cipher.UNWRAP_MODE, JdkCrypto.aes(key));
      Key data = cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
      return data.getEncoded();
    } catch (GeneralSecurityException | ProviderException e) {
      // Without the cause, so that all failures look alike.
      throw AesGcm.failed();
    }
  }
}
