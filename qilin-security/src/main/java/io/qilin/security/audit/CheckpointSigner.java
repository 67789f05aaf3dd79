package io.qilin.security.audit;

/** Signs checkpoints, with a key in memory or in a device. {@link Ed25519Checkpoints#signer} is the usual one. */
public interface CheckpointSigner {
  /** Names the key, in at most 64 letters, digits and {@code . _ -}. */
  String keyId();

  /**
   * Signs a message.
   *
   * @param message what to sign; not to be changed
   * @return the signature, 1 to 1,024 bytes
   */
  byte[] sign(byte[] message);
}
