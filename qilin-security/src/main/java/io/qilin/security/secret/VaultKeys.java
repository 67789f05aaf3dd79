package io.qilin.security.secret;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The two keys of a vault, derived from its passphrase: one encrypts the values, one authenticates the file. */
final class VaultKeys {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private final byte[] both;
  private boolean wiped;

  private VaultKeys(byte[] both) {
    this.both = both;
  }

  /** PBKDF2-HMAC-SHA512 (RFC 8018), 64 bytes. */
  static VaultKeys derive(char[] passphrase, byte[] salt, int iterations) {
    PBEKeySpec work = new PBEKeySpec(passphrase, salt, iterations, 2 * KEY_BYTES * 8);
    try {
      return new VaultKeys(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
          .generateSecret(work)
          .getEncoded());
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.ALGORITHM_UNSUPPORTED, "this Java platform has no PBKDF2WithHmacSHA512", e);
    } finally {
      work.clearPassword();
    }
  }

  byte[] mac(byte[] message) {
    check();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(both, KEY_BYTES, KEY_BYTES, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.ALGORITHM_UNSUPPORTED, "this Java platform has no HMAC-SHA256", e);
    }
  }

  /** AES-256-GCM under a fresh random nonce, which comes first. */
  byte[] seal(byte[] plain, byte[] place, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
      byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
      cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE, "a value of the vault cannot be encrypted", e);
    }
  }

  byte[] open(byte[] sealed, byte[] place, String name) {
    if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
      throw undecrypted(name);
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), place);
      return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw undecrypted(name);
    }
  }

  private static QilinException undecrypted(String name) {
    return new QilinException(
        ErrorCode.DECRYPTION, "the secret '" + name + "' of the vault cannot be decrypted");
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] place) throws GeneralSecurityException {
    check();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(both, 0, KEY_BYTES, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place);
    return cipher;
  }

  /** Refuses keys that were wiped. */
  void check() {
    if (wiped) {
      throw new QilinException(ErrorCode.KEY_UNAVAILABLE, "the vault is closed; open it again");
    }
  }

  void wipe() {
    Arrays.fill(both, (byte) 0);
    wiped = true;
  }
}
