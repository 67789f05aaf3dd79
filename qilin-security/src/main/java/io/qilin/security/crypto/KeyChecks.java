package io.qilin.security.crypto;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/** Whether a key fits its algorithm and is strong enough, asked when it is loaded. */
final class KeyChecks {
  private static final int LEAST_RSA_BITS = 2_048;
  private static final int MOST_RSA_BITS = 8_192;
  private static final BigInteger THREE = BigInteger.valueOf(3);
  private static final BigInteger ED25519_P =
      BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final Set<BigInteger> SMALL_ORDER = Set.of(
      BigInteger.ZERO,
      BigInteger.ONE,
      new BigInteger("5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16));

  private KeyChecks() {}

  /** The length of the signatures that the key makes, in bytes. */
  static int signatureBytes(SignatureAlgorithm algorithm, Key key) {
    if (algorithm.isRsa()) {
      return rsa(algorithm, key);
    }
    if (algorithm == SignatureAlgorithm.ED25519) {
      edwards(algorithm, key);
    } else {
      curve(algorithm, key);
    }
    return algorithm.signatureBytes();
  }

  private static int rsa(SignatureAlgorithm algorithm, Key key) {
    if (!(key instanceof RSAKey rsa)) {
      throw misfit(algorithm, key, "an RSA key");
    }
    int bits = rsa.getModulus().bitLength();
    if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
      throw new QilinException(
          ErrorCode.WEAK_KEY,
          "an RSA key of " + bits + " bits is refused; it has " + LEAST_RSA_BITS + " to "
              + MOST_RSA_BITS);
    }
    return (bits + 7) / 8;
  }

  /** The public exponent is odd and 3 or more (RFC 8017, 3.1), and a modulus is odd. */
  static void exponent(BigInteger modulus, BigInteger exponent) {
    if (!modulus.testBit(0) || !exponent.testBit(0) || exponent.compareTo(THREE) < 0) {
      throw new QilinException(
          ErrorCode.WEAK_KEY,
          "an RSA key with an even modulus, or an exponent that is even or below 3, is refused");
    }
  }

  private static void edwards(SignatureAlgorithm algorithm, Key key) {
    if (!(key instanceof EdECKey edwards)
        || !NamedParameterSpec.ED25519.getName().equals(edwards.getParams().getName())) {
      throw misfit(algorithm, key, "an Ed25519 key");
    }
  }

  private static void curve(SignatureAlgorithm algorithm, Key key) {
    ECParameterSpec expected = parameters(algorithm.curve());
    if (!(key instanceof ECKey ec)
        || !ec.getParams().getCurve().equals(expected.getCurve())
        || !ec.getParams().getGenerator().equals(expected.getGenerator())
        || !ec.getParams().getOrder().equals(expected.getOrder())) {
      throw misfit(algorithm, key, "a key on " + algorithm.curve());
    }
  }

  /** Refuses a point that is not on the curve y^2 = x^3 + ax + b; the JDK accepts it as a key and fails when it is used. */
  static void onCurve(ECPoint point, ECParameterSpec parameters) {
    BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
    if (point.equals(ECPoint.POINT_INFINITY)
        || outside(point.getAffineX(), p)
        || outside(point.getAffineY(), p)) {
      throw offCurve();
    }
    BigInteger x = point.getAffineX();
    BigInteger right = x.multiply(x)
        .add(parameters.getCurve().getA())
        .multiply(x)
        .add(parameters.getCurve().getB())
        .mod(p);
    if (!point.getAffineY().pow(2).mod(p).equals(right)) {
      throw offCurve();
    }
  }

  private static boolean outside(BigInteger value, BigInteger p) {
    return value.signum() < 0 || value.compareTo(p) >= 0;
  }

  private static ECParameterSpec parameters(String curve) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(curve));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw JdkCrypto.missing(curve, e);
    }
  }

  /**
   * Refuses an Ed25519 key of order 8 or less, for which a signature of every message can be made without a private key. Such points
   * have one of five heights: 0 (order 4), 1 and p - 1 (orders 1 and 2), and two of order 8, which add up to p.
   */
  static void largeOrder(EdECPublicKey key) {
    BigInteger y = key.getPoint().getY().mod(ED25519_P);
    if (SMALL_ORDER.contains(y) || SMALL_ORDER.contains(ED25519_P.subtract(y))) {
      throw new QilinException(
          ErrorCode.WEAK_KEY, "an Ed25519 key of small order is refused: anybody can sign for it");
    }
  }

  private static QilinException offCurve() {
    return new QilinException(
        ErrorCode.WEAK_KEY, "a public key is refused: its point is not on its curve");
  }

  private static QilinException misfit(SignatureAlgorithm algorithm, Key key, String needed) {
    return QilinException.invalid(
        algorithm + " needs " + needed + "; this is one for " + key.getAlgorithm());
  }
}
