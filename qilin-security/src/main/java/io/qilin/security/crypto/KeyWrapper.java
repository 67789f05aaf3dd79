package io.qilin.security.crypto;

import io.qilin.api.error.QilinException;

/**
 * Encrypts data keys with a key that never leaves its place: a ring ({@link AesKeyWrapper}), a vault, a hardware module.
 * Implementations are safe to share between threads.
 */
public interface KeyWrapper {
  /**
   * Encrypts a data key under the wrapping key that is active now.
   *
   * @param dataKey 32 bytes; not kept and not changed
   * @throws QilinException KEY_UNAVAILABLE or SECURITY_UNAVAILABLE if it cannot
   */
  WrappedKey wrap(byte[] dataKey);

  /**
   * Decrypts a data key; the caller overwrites it after use.
   *
   * @throws QilinException DECRYPTION if it is damaged or of an unknown key, KEY_UNAVAILABLE if its wrapping key is revoked or
   *     destroyed
   */
  byte[] unwrap(WrappedKey wrapped);
}
