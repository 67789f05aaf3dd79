package io.qilin.security.audit;

/** Verifies signatures of checkpoints. {@link Ed25519Checkpoints#verifier} is the usual one. */
@FunctionalInterface
public interface CheckpointVerifier {
  /** Whether the signature is good; an unknown key is not. */
  boolean verify(String keyId, byte[] message, byte[] signature);
}
