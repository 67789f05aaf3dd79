package io.qilin.security.mfa;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * How the codes of one user are made. Immutable.
 *
 * @param algorithm the hash
 * @param digits 6 to 8
 * @param stepSeconds how long one code lives, 15 to 60 s
 */
public record OtpSettings(OtpAlgorithm algorithm, int digits, int stepSeconds) {
  /** What every authenticator app knows: SHA-1, 6 digits, 30 s. */
  public static final OtpSettings DEFAULT = new OtpSettings(OtpAlgorithm.SHA1, 6, 30);

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if one is out of range
   */
  public OtpSettings {
    Objects.requireNonNull(algorithm, "algorithm");
    if (digits < 6 || digits > 8) {
      throw QilinException.invalid("a one-time code has 6 to 8 digits, not " + digits);
    }
    if (stepSeconds < 15 || stepSeconds > 60) {
      throw QilinException.invalid("a one-time code lives 15 to 60 s, not " + stepSeconds);
    }
  }
}
