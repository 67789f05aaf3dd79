package io.qilin.ops.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM for one value. What is sealed has the version of the form (one byte), a nonce of 96 bits, and the ciphertext with
 * its tag of 128 bits. Version, id of the key and place are authenticated with it, each with its length before it, so that no two
 * of them run together.
 */
final class ValueSeal {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final String NAME = "qilin-config-value";

  private ValueSeal() {}

  static byte[] seal(SecretKey key, String keyId, String path, byte[] plain, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, keyId, path).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE, "this Java cannot encrypt with AES-256-GCM", e);
    }
  }

  /** Empty for whatever is wrong: a caller must not be able to tell one failure from another. */
  static Optional<byte[]> open(SecretKey key, String keyId, String path, byte[] sealed) {
    if (sealed.length <= 1 + NONCE_BYTES + TAG_BYTES || sealed[0] != VERSION) {
      return Optional.empty();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(sealed, 1, NONCE_BYTES).get(nonce);
    int from = 1 + NONCE_BYTES;
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, keyId, path)
          .doFinal(sealed, from, sealed.length - from));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String keyId, String path)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.updateAAD(authenticated(keyId, path));
    return cipher;
  }

  private static byte[] authenticated(String keyId, String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      part(out, NAME);
      out.writeByte(VERSION);
      part(out, keyId);
      part(out, path);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "a place cannot be laid out in memory", e);
    }
    return bytes.toByteArray();
  }

  private static void part(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
