package io.qilin.security.secret;

/** Encrypts and decrypts values of a configuration under named keys; the seam to a cipher. Safe to share between threads. */
public interface ValueCipher {
  /**
   * Encrypts a value for its place.
   *
   * @param keyId the key
   * @param path the place, which is authenticated with it
   */
  byte[] encrypt(String keyId, String path, byte[] plain);

  /**
   * Decrypts a value at its place; throws for another place, another key or a changed byte.
   *
   * @param keyId the key
   * @param path the place
   */
  byte[] decrypt(String keyId, String path, byte[] sealed);
}
