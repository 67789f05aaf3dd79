package io.qilin.security.mfa;

/** The hash below a one-time code (RFC 6238, 1.2). HMAC with SHA-1 is still sound; authenticator apps know it best. */
public enum OtpAlgorithm {
  /** HMAC-SHA-1, with a secret of 20 bytes. */
  SHA1("HmacSHA1", 20),
  /** HMAC-SHA-256, with a secret of 32 bytes. */
  SHA256("HmacSHA256", 32),
  /** HMAC-SHA-512, with a secret of 64 bytes. */
  SHA512("HmacSHA512", 64);

  private final String jca;
  private final int secretBytes;

  OtpAlgorithm(String jca, int secretBytes) {
    this.jca = jca;
    this.secretBytes = secretBytes;
  }

  String jca() {
    return jca;
  }

  /** How long its secrets are: as long as the hash (RFC 6238, 5.1). */
  public int secretBytes() {
    return secretBytes;
  }
}
