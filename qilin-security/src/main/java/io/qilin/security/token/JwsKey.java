package io.qilin.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.SigningKey;
import io.qilin.security.crypto.VerifyingKey;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a key signs and verifies: by Nimbus JOSE+JWT, and for Ed25519 by the JDK, as Nimbus wants another library for that. The length
 * of a signature is checked first. Immutable and safe to share between threads.
 */
final class JwsKey {
  private final int signatureBytes;
  private final Check check;
  private final @Nullable Sign sign;
  private final @Nullable VerifyingKey publicKey;

  private JwsKey(int signatureBytes, Check check, @Nullable Sign sign, @Nullable VerifyingKey key) {
    this.signatureBytes = signatureBytes;
    this.check = check;
    this.sign = sign;
    this.publicKey = key;
  }

  static JwsKey secret(JwsAlgorithm algorithm, byte[] secret) {
    try {
      byte[] kept = secret.clone();
      return new JwsKey(
          algorithm.macBytes(),
          check(algorithm, new MACVerifier(kept)),
          sign(algorithm, new MACSigner(kept)),
          null);
    } catch (JOSEException e) {
      throw unusable(algorithm);
    }
  }

  // The second form of the key was checked when it was made.
  static JwsKey verifying(JwsAlgorithm algorithm, PublicKey key, VerifyingKey verifying) {
    return new JwsKey(
        verifying.signatureBytes(), check(algorithm, key, verifying), null, verifying);
  }

  // The later forms of the pair were checked when they were made.
  static JwsKey signing(
      JwsAlgorithm algorithm, KeyPair pair, VerifyingKey verifying, SigningKey signing) {
    return new JwsKey(
        verifying.signatureBytes(),
        check(algorithm, pair.getPublic(), verifying),
        sign(algorithm, pair, signing),
        verifying);
  }

  boolean verify(byte[] signed, byte[] signature) {
    return signature.length == signatureBytes && check.verify(signed, signature);
  }

  boolean canSign() {
    return sign != null;
  }

  byte[] sign(byte[] toSign) {
    Sign now = sign;
    if (now == null) {
      throw new QilinException(
          ErrorCode.KEY_UNAVAILABLE, "a public key cannot sign; give the issuer a key pair");
    }
    return now.sign(toSign);
  }

  Optional<VerifyingKey> publicKey() {
    return Optional.ofNullable(publicKey);
  }

  private static Check check(JwsAlgorithm algorithm, PublicKey key, VerifyingKey verifying) {
    try {
      if (key instanceof RSAPublicKey rsa) {
        return check(algorithm, new RSASSAVerifier(rsa));
      }
      return key instanceof ECPublicKey ec
          ? check(algorithm, new ECDSAVerifier(ec))
          : verifying::verify;
    } catch (JOSEException e) {
      throw unusable(algorithm);
    }
  }

  private static Check check(JwsAlgorithm algorithm, JWSVerifier verifier) {
    JWSHeader header = new JWSHeader(algorithm.nimbus());
    return (signed, signature) -> {
      try {
        return verifier.verify(header, signed, Base64URL.encode(signature));
      } catch (JOSEException damaged) {
        // The library throws where it cannot read a signature; to the caller that is one more that
        // is not valid.
        return false;
      }
    };
  }

  private static Sign sign(JwsAlgorithm algorithm, KeyPair pair, SigningKey signing) {
    try {
      if (pair.getPublic() instanceof RSAPublicKey) {
        return sign(algorithm, new RSASSASigner(pair.getPrivate()));
      }
      return pair.getPrivate() instanceof ECPrivateKey ec
          ? sign(algorithm, new ECDSASigner(ec))
          : signing::sign;
    } catch (JOSEException e) {
      throw unusable(algorithm);
    }
  }

  private static Sign sign(JwsAlgorithm algorithm, JWSSigner signer) {
    JWSHeader header = new JWSHeader(algorithm.nimbus());
    return toSign -> {
      try {
        return signer.sign(header, toSign).decode();
      } catch (JOSEException e) {
        throw new QilinException(
            ErrorCode.SECURITY_UNAVAILABLE, "a token cannot be signed with " + algorithm, e);
      }
    };
  }

  /** Without the cause, which may show parts of the key. */
  private static QilinException unusable(JwsAlgorithm algorithm) {
    return QilinException.invalid("the key cannot be used for " + algorithm.joseName());
  }

  private interface Check {
    boolean verify(byte[] signed, byte[] signature);
  }

  private interface Sign {
    byte[] sign(byte[] toSign);
  }
}
