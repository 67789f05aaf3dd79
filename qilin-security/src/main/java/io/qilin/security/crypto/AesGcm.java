package io.qilin.security.crypto;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-GCM (NIST SP 800-38D) with tags of 128 bits. The nonce is the caller's care, so this is not for users. */
final class AesGcm {
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private AesGcm() {}

  /** Encrypts {@code plain} and writes it with its tag into {@code out} from {@code at} on. */
  static void seal(byte[] key, byte[] nonce, byte[] bound, byte[] plain, byte[] out, int at) {
    try {
      Cipher cipher = JdkCrypto.cipher("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, JdkCrypto.aes(key), new GCMParameterSpec(TAG_BYTES * 8, nonce));
      cipher.updateAAD(bound);
      cipher.doFinal(plain, 0, plain.length, out, at);
    } catch (GeneralSecurityException e) {
      throw JdkCrypto.missing("AES-GCM with this key", e);
    }
  }

  /**
   * Decrypts; gives bytes only after the tag was right.
   *
   * @throws QilinException DECRYPTION for whatever is wrong with it
   */
  static byte[] open(byte[] key, byte[] nonce, byte[] bound, byte[] sealed, int from, int length) {
    if (nonce.length == 0 || length < TAG_BYTES) {
      throw failed();
    }
    try {
      Cipher cipher = JdkCrypto.cipher("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE, JdkCrypto.aes(key), new GCMParameterSpec(TAG_BYTES * 8, nonce));
      cipher.updateAAD(bound);
      return cipher.doFinal(sealed, from, length);
    } catch (GeneralSecurityException | ProviderException e) {
      // Without the cause, so that all failures look alike.
      throw failed();
    }
  }

  static QilinException failed() {
    return new QilinException(
        ErrorCode.DECRYPTION,
        "the value cannot be decrypted: it is damaged, belongs to another field or record, or is of"
            + " another key");
  }
}
