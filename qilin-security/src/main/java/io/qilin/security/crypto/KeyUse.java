package io.qilin.security.crypto;

import java.util.Arrays;

/** A copy of a key for one operation, overwritten when closed. Not shared between threads. */
final class KeyUse implements AutoCloseable {
  private final String id;
  private final byte[] key;

  KeyUse(String id, byte[] key) {
    this.id = id;
    this.key = key;
  }

  String id() {
    return id;
  }

  byte[] key() {
    return key;
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }
}
