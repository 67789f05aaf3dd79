package io.qilin.security.token;

import com.nimbusds.jose.JWSAlgorithm;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.SignatureAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms that tokens are signed with (RFC 7518, RFC 8037). There is no {@code none}. HS algorithms are for one process or
 * for parties that may all issue: whoever verifies with them can also sign.
 */
public enum JwsAlgorithm {
  /** HMAC with SHA-256; a secret of 256 bits or more. */
  HS256("HS256", null, 32),
  /** HMAC with SHA-384; a secret of 384 bits or more. */
  HS384("HS384", null, 48),
  /** HMAC with SHA-512; a secret of 512 bits or more. */
  HS512("HS512", null, 64),
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256("RS256", SignatureAlgorithm.RSA_PKCS1_SHA256, 0),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384("RS384", SignatureAlgorithm.RSA_PKCS1_SHA384, 0),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512("RS512", SignatureAlgorithm.RSA_PKCS1_SHA512, 0),
  /** RSASSA-PSS with SHA-256. */
  PS256("PS256", SignatureAlgorithm.RSA_PSS_SHA256, 0),
  /** RSASSA-PSS with SHA-384. */
  PS384("PS384", SignatureAlgorithm.RSA_PSS_SHA384, 0),
  /** RSASSA-PSS with SHA-512. */
  PS512("PS512", SignatureAlgorithm.RSA_PSS_SHA512, 0),
  /** ECDSA on P-256 with SHA-256. */
  ES256("ES256", SignatureAlgorithm.ECDSA_P256_SHA256, 0),
  /** ECDSA on P-384 with SHA-384. */
  ES384("ES384", SignatureAlgorithm.ECDSA_P384_SHA384, 0),
  /** ECDSA on P-521 with SHA-512. */
  ES512("ES512", SignatureAlgorithm.ECDSA_P521_SHA512, 0),
  /** Ed25519. */
  EDDSA("EdDSA", SignatureAlgorithm.ED25519, 0);

  private final String joseName;
  private final @Nullable SignatureAlgorithm signature;
  private final int macBytes;

  JwsAlgorithm(String joseName, @Nullable SignatureAlgorithm signature, int macBytes) {
    this.joseName = joseName;
    this.signature = signature;
    this.macBytes = macBytes;
  }

  /**
   * The algorithm of a name as it stands in a token, for example {@code ES256}; the case matters.
   *
   * @throws QilinException ALGORITHM_UNSUPPORTED for any other, for example {@code none}
   */
  public static JwsAlgorithm named(String joseName) {
    for (JwsAlgorithm one : values()) {
      if (one.joseName.equals(joseName)) {
        return one;
      }
    }
    throw new QilinException(
        ErrorCode.ALGORITHM_UNSUPPORTED,
        "the token algorithm " + QilinException.quote(joseName)
            + " is not offered; use one of HS, RS, PS, ES with 256, 384 or 512, or EdDSA");
  }

  /** The name in tokens, for example {@code ES256}. */
  public String joseName() {
    return joseName;
  }

  /** Whether the same secret signs and verifies. */
  public boolean isSymmetric() {
    return macBytes > 0;
  }

  /** The public-key signature beneath; empty for HS algorithms. */
  public Optional<SignatureAlgorithm> signature() {
    return Optional.ofNullable(signature);
  }

  /** The length of a tag, and the least length of a secret, in bytes (RFC 7518, 3.2); 0 for public-key algorithms. */
  int macBytes() {
    return macBytes;
  }

  JWSAlgorithm nimbus() {
    return JWSAlgorithm.parse(joseName);
  }
}
