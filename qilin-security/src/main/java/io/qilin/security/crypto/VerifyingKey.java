package io.qilin.security.crypto;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * A public key with the one algorithm that it verifies. The key is checked when it is made: its kind and curve, RSA of 2,048 to
 * 8,192 bits, points on their curve. The length of a signature is checked before the JDK sees it, because the JDK's providers
 * accept some of a wrong length. Safe to share between threads.
 */
public final class VerifyingKey {
  private static final int ED25519_BYTES = 32;

  /** The beginning of an X.509 key for Ed25519 (RFC 8410, 4), to which its 32 bytes are appended. */
  private static final byte[] ED25519_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private final SignatureAlgorithm algorithm;
  private final PublicKey key;
  private final int signatureBytes;

  private VerifyingKey(SignatureAlgorithm algorithm, PublicKey key, int signatureBytes) {
    this.algorithm = algorithm;
    this.key = key;
    this.signatureBytes = signatureBytes;
  }

  /**
   * A key of the JDK.
   *
   * @throws QilinException INVALID_ARGUMENT if the key is not one for the algorithm, WEAK_KEY if it is too short or damaged
   */
  public static VerifyingKey of(SignatureAlgorithm algorithm, PublicKey key) {
    int bytes = KeyChecks.signatureBytes(algorithm, key);
    if (key instanceof RSAPublicKey rsa) {
      KeyChecks.exponent(rsa.getModulus(), rsa.getPublicExponent());
    } else if (key instanceof ECPublicKey ec) {
      KeyChecks.onCurve(ec.getW(), ec.getParams());
    } else if (key instanceof EdECPublicKey edwards) {
      KeyChecks.largeOrder(edwards);
      usable(algorithm, key);
    }
    return new VerifyingKey(algorithm, key, bytes);
  }

  /**
   * A key in its X.509 form (SubjectPublicKeyInfo, DER).
   *
   * @throws QilinException INVALID_ARGUMENT if it is no such form, and as {@link #of}
   */
  public static VerifyingKey fromX509(SignatureAlgorithm algorithm, byte[] der) {
    String kind = algorithm.isRsa() ? "RSA" : algorithm.curve().isEmpty() ? "Ed25519" : "EC";
    try {
      return of(algorithm, JdkCrypto.keys(kind).generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.INVALID_ARGUMENT, "these bytes are no " + kind + " key in X.509 form", e);
    }
  }

  /**
   * An Ed25519 key from its 32 bytes (RFC 8032, 5.1.5).
   *
   * @throws QilinException INVALID_ARGUMENT if they are not 32, WEAK_KEY if they are not a point of the curve
   */
  public static VerifyingKey ed25519(byte[] point) {
    if (point.length != ED25519_BYTES) {
      throw QilinException.invalid("an Ed25519 key has 32 bytes, not " + point.length);
    }
    byte[] der = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + ED25519_BYTES);
    System.arraycopy(point, 0, der, ED25519_PREFIX.length, ED25519_BYTES);
    return fromX509(SignatureAlgorithm.ED25519, der);
  }

  private static void usable(SignatureAlgorithm algorithm, PublicKey key) {
    try {
      JdkCrypto.signature(algorithm.jdkName()).initVerify(key);
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.WEAK_KEY, "a public key is refused: its point is not on its curve", e);
    }
  }

  /** What it verifies. */
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  /** The length of its signatures in bytes. */
  public int signatureBytes() {
    return signatureBytes;
  }

  /** The key itself. */
  public PublicKey publicKey() {
    return key;
  }

  /** The key in its X.509 form (SubjectPublicKeyInfo, DER). */
  public byte[] x509() {
    return key.getEncoded();
  }

  /** Whether the signature is one of this message by this key; whatever is wrong with it, the answer is no. */
  public boolean verify(byte[] message, byte[] signature) {
    if (signature.length != signatureBytes) {
      return false;
    }
    try {
      Signature verifier = JdkCrypto.signature(algorithm.jdkName());
      if (algorithm.pss().isPresent()) {
        verifier.setParameter(algorithm.pss().get());
      }
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException damaged) {
      // A provider throws where it cannot read a signature; to the caller that is one more that is
      // not valid.
      return false;
    }
  }
}
