package io.qilin.security.crypto;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The primitives of the JDK, with one kind of error for what this JDK lacks. */
final class JdkCrypto {
  private JdkCrypto() {}

  /** A keyed hash with a key of any length; an empty key is as good as one zero byte, to which HMAC fills it up (RFC 2104). */
  static Mac mac(HashAlgorithm hash, byte[] key) {
    try {
      Mac mac = Mac.getInstance(hash.macName());
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, hash.macName()));
      return mac;
    } catch (GeneralSecurityException e) {
      throw missing(hash.macName(), e);
    }
  }

  /** A second computation with the same key, without its set-up. */
  static Mac copy(Mac keyed) {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the provider of " + keyed.getAlgorithm() + " makes no copies; put the JDK's first",
          e);
    }
  }

  static Cipher cipher(String transformation) {
    try {
      return Cipher.getInstance(transformation);
    } catch (GeneralSecurityException e) {
      throw missing(transformation, e);
    }
  }

  static Signature signature(String name) {
    try {
      return Signature.getInstance(name);
    } catch (GeneralSecurityException e) {
      throw missing(name, e);
    }
  }

  static KeyFactory keys(String name) {
    try {
      return KeyFactory.getInstance(name);
    } catch (GeneralSecurityException e) {
      throw missing(name, e);
    }
  }

  static Key aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  static QilinException missing(String what, GeneralSecurityException cause) {
    return new QilinException(
        ErrorCode.SECURITY_UNAVAILABLE,
        "this JDK offers no " + what + "; check its security providers",
        cause);
  }
}
