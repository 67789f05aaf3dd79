package io.qilin.security.crypto;

import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/** The public-key signatures on offer. */
public enum SignatureAlgorithm {
  /** Ed25519 (RFC 8032); 64 bytes. */
  ED25519("Ed25519", "", 64, 0),
  /** ECDSA on P-256 with SHA-256 (FIPS 186-4) as two numbers of fixed width (IEEE P1363); 64 bytes. */
  ECDSA_P256_SHA256("SHA256withECDSAinP1363Format", "secp256r1", 64, 0),
  /** ECDSA on P-384 with SHA-384; 96 bytes. */
  ECDSA_P384_SHA384("SHA384withECDSAinP1363Format", "secp384r1", 96, 0),
  /** ECDSA on P-521 with SHA-512; 132 bytes. */
  ECDSA_P521_SHA512("SHA512withECDSAinP1363Format", "secp521r1", 132, 0),
  /** RSASSA-PKCS1-v1_5 (RFC 8017) with SHA-256; as long as the modulus. */
  RSA_PKCS1_SHA256("SHA256withRSA", "", 0, 0),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RSA_PKCS1_SHA384("SHA384withRSA", "", 0, 0),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RSA_PKCS1_SHA512("SHA512withRSA", "", 0, 0),
  /** RSASSA-PSS (RFC 8017) with SHA-256 in all places and a salt of 32 bytes; as long as the modulus. */
  RSA_PSS_SHA256("RSASSA-PSS", "", 0, 32),
  /** RSASSA-PSS with SHA-384 and a salt of 48 bytes. */
  RSA_PSS_SHA384("RSASSA-PSS", "", 0, 48),
  /** RSASSA-PSS with SHA-512 and a salt of 64 bytes. */
  RSA_PSS_SHA512("RSASSA-PSS", "", 0, 64);

  private final String jdkName;
  private final String curve;
  private final int signatureBytes;
  private final int saltBytes;

  SignatureAlgorithm(String jdkName, String curve, int signatureBytes, int saltBytes) {
    this.jdkName = jdkName;
    this.curve = curve;
    this.signatureBytes = signatureBytes;
    this.saltBytes = saltBytes;
  }

  String jdkName() {
    return jdkName;
  }

  /** The JDK's name of the curve; empty where none is meant. */
  String curve() {
    return curve;
  }

  /** The length of every signature in bytes; 0 where it is that of the modulus. */
  int signatureBytes() {
    return signatureBytes;
  }

  boolean isRsa() {
    return signatureBytes == 0;
  }

  /** The parameters of RSASSA-PSS; the salt is as long as the hash. */
  Optional<PSSParameterSpec> pss() {
    return saltBytes == 0
        ? Optional.empty()
        : Optional.of(new PSSParameterSpec(
            "SHA-" + saltBytes * 8,
            "MGF1",
            new MGF1ParameterSpec("SHA-" + saltBytes * 8),
            saltBytes,
            PSSParameterSpec.TRAILER_FIELD_BC));
  }
}
