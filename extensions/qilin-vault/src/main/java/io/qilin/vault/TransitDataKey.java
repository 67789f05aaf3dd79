package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Arrays;

/** A data key with its encrypted form. Closing wipes the key; the encrypted form stays. It prints without both. */
public final class TransitDataKey implements AutoCloseable {
  private final byte[] plain;
  private final String ciphertext;
  private boolean closed;

  TransitDataKey(byte[] plain, String ciphertext) {
    this.plain = plain;
    this.ciphertext = ciphertext;
  }

  /**
   * A copy of the key, which the caller overwrites after use.
   *
   * @throws QilinException KEY_UNAVAILABLE once closed
   */
  public synchronized byte[] plain() {
    if (closed) {
      throw new QilinException(
          ErrorCode.KEY_UNAVAILABLE, "the data key is closed; decrypt its ciphertext");
    }
    return plain.clone();
  }

  /** What is kept beside the data, to be decrypted by the transit engine. */
  public String ciphertext() {
    return ciphertext;
  }

  /** Wipes the key; closing again does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(plain, (byte) 0);
  }

  @Override
  public String toString() {
    return "TransitDataKey";
  }
}
