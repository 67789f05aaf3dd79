package io.qilin.security.audit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECKey;
import java.util.Map;

/** Checkpoints signed with Ed25519 (RFC 8032) by the JDK. Stateless. */
public final class Ed25519Checkpoints {
  private static final String NAME = "Ed25519";
  private static final int SIGNATURE_BYTES = 64;

  private Ed25519Checkpoints() {}

  /**
   * A signer with a key in memory.
   *
   * @param keyId the key's name
   * @param key a private key of Ed25519
   * @throws QilinException ALGORITHM_UNSUPPORTED if it is a key of something else
   */
  public static CheckpointSigner signer(String keyId, PrivateKey key) {
    check(keyId, key);
    return new CheckpointSigner() {
      @Override
      public String keyId() {
        return keyId;
      }

      @Override
      public byte[] sign(byte[] message) {
        try {
          Signature signature = Signature.getInstance(NAME);
          signature.initSign(key);
          signature.update(message);
          return signature.sign();
        } catch (GeneralSecurityException e) {
          throw new QilinException(
              ErrorCode.SECURITY_UNAVAILABLE, "a checkpoint cannot be signed with key " + keyId, e);
        }
      }
    };
  }

  /**
   * A verifier that knows these keys and no others. A signature that has not exactly 64 bytes is refused before the
   * provider sees it.
   *
   * @param keys public keys of Ed25519 by name; leave out a revoked key
   * @throws QilinException ALGORITHM_UNSUPPORTED if one is a key of something else
   */
  public static CheckpointVerifier verifier(Map<String, PublicKey> keys) {
    Map<String, PublicKey> known = Map.copyOf(keys);
    known.forEach(Ed25519Checkpoints::check);
    return (keyId, message, signature) -> {
      PublicKey key = known.get(keyId);
      return key != null && signature.length == SIGNATURE_BYTES && good(key, message, signature);
    };
  }

  private static boolean good(PublicKey key, byte[] message, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void check(String keyId, Key key) {
    if (!(key instanceof EdECKey ed && ed.getParams().getName().equals(NAME))) {
      throw new QilinException(
          ErrorCode.ALGORITHM_UNSUPPORTED,
          "key " + QilinException.quote(keyId) + " is of " + key.getAlgorithm()
              + ", checkpoints need " + NAME);
    }
  }
}
