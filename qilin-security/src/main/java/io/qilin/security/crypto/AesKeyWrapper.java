package io.qilin.security.crypto;

import java.util.Objects;

/** Wraps data keys with the keys of a ring by the AES key wrap (RFC 3394). Safe to share between threads. */
public final class AesKeyWrapper implements KeyWrapper {
  private final KeyRing ring;

  private AesKeyWrapper(KeyRing ring) {
    this.ring = ring;
  }

  /** A wrapper over a ring, which should be used for nothing else. */
  public static AesKeyWrapper of(KeyRing ring) {
    return new AesKeyWrapper(Objects.requireNonNull(ring, "ring"));
  }

  @Override
  public WrappedKey wrap(byte[] dataKey) {
    try (KeyUse use = ring.encrypting()) {
      return WrappedKey.of(use.id(), AesKeyWrap.wrap(use.key(), dataKey));
    }
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped) {
    try (KeyUse use = ring.decrypting(wrapped.keyId())) {
      if (use == null) {
        throw AesGcm.failed();
      }
      return AesKeyWrap.unwrap(use.key(), wrapped.bytes());
    }
  }
}
