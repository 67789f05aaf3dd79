package io.qilin.security.crypto;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/** The hash functions (FIPS 180-4) that keyed hashes and key derivation are offered with. */
public enum HashAlgorithm {
  /** 32 bytes. */
  SHA_256("SHA-256", "HmacSHA256", 32),
  /** 48 bytes. */
  SHA_384("SHA-384", "HmacSHA384", 48),
  /** 64 bytes. */
  SHA_512("SHA-512", "HmacSHA512", 64);

  private final String standardName;
  private final String macName;
  private final int bytes;

  HashAlgorithm(String standardName, String macName, int bytes) {
    this.standardName = standardName;
    this.macName = macName;
    this.bytes = bytes;
  }

  /**
   * The algorithm of a standard name, for example {@code SHA-256}.
   *
   * @throws QilinException ALGORITHM_UNSUPPORTED for any other name, for example {@code MD5} or {@code SM3}
   */
  public static HashAlgorithm named(String standardName) {
    for (HashAlgorithm one : values()) {
      if (one.standardName.equals(standardName)) {
        return one;
      }
    }
    throw new QilinException(
        ErrorCode.ALGORITHM_UNSUPPORTED,
        "the hash " + QilinException.quote(standardName)
            + " is not offered; use SHA-256, SHA-384 or SHA-512");
  }

  /** The standard name, for example {@code SHA-256}. */
  public String standardName() {
    return standardName;
  }

  /** The length of a hash in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The name of its keyed form in the JDK. */
  String macName() {
    return macName;
  }
}
