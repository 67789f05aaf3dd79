package io.qilin.security.crypto;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** A private key with the one algorithm that it signs with. It prints without the key. Safe to share between threads. */
public final class SigningKey {
  private final SignatureAlgorithm algorithm;
  private final PrivateKey key;
  private final SecureRandom random;

  private SigningKey(SignatureAlgorithm algorithm, PrivateKey key, SecureRandom random) {
    this.algorithm = algorithm;
    this.key = key;
    this.random = random;
  }

  /**
   * A key of the JDK.
   *
   * @param random for algorithms that sign with a random number, as ECDSA and RSASSA-PSS
   * @throws QilinException INVALID_ARGUMENT if the key is not one for the algorithm, WEAK_KEY if it is too short
   */
  public static SigningKey of(SignatureAlgorithm algorithm, PrivateKey key, SecureRandom random) {
    KeyChecks.signatureBytes(algorithm, key);
    return new SigningKey(algorithm, key, random);
  }

  /**
   * A key in its PKCS #8 form (DER, not encrypted).
   *
   * @throws QilinException INVALID_ARGUMENT if it is no such form, and as {@link #of}
   */
  public static SigningKey fromPkcs8(
      SignatureAlgorithm algorithm, byte[] der, SecureRandom random) {
    String kind = algorithm.isRsa() ? "RSA" : algorithm.curve().isEmpty() ? "Ed25519" : "EC";
    try {
      return of(
          algorithm, JdkCrypto.keys(kind).generatePrivate(new PKCS8EncodedKeySpec(der)), random);
    } catch (GeneralSecurityException e) {
      // Without the cause: it may quote parts of the key.
      throw new QilinException(
          ErrorCode.INVALID_ARGUMENT, "these bytes are no " + kind + " key in PKCS #8 form");
    }
  }

  /** What it signs with. */
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * Signs a message.
   *
   * @throws QilinException SECURITY_UNAVAILABLE if the JDK cannot sign with this key
   */
  public byte[] sign(byte[] message) {
    try {
      Signature signer = JdkCrypto.signature(algorithm.jdkName());
      if (algorithm.pss().isPresent()) {
        signer.setParameter(algorithm.pss().get());
      }
      signer.initSign(key, random);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE, "a message cannot be signed with " + algorithm, e);
    }
  }

  /** The algorithm only. */
  @Override
  public String toString() {
    return "SigningKey[" + algorithm + "]";
  }
}
