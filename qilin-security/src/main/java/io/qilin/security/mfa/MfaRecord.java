package io.qilin.security.mfa;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * What is stored of one user's second factor. The secret must be readable to check codes, so a store that outlives the process
 * encrypts it. Immutable.
 *
 * @param subject the user
 * @param secret the secret of the codes, in hex
 * @param settings how the codes are made
 * @param confirmed whether the user has shown a first code; before that nothing is accepted
 * @param lastStep the step of the last code that was accepted; -1 if none was
 * @param failures wrong codes since the last right one
 * @param blockedUntil before this no code is looked at
 * @param recoveryHashes hashes of the recovery codes that are left, in hex
 */
public record MfaRecord(
    String subject,
    Secret secret,
    OtpSettings settings,
    boolean confirmed,
    long lastStep,
    int failures,
    Instant blockedUntil,
    Set<String> recoveryHashes) {
  private static final int LONGEST = 128;

  /**
   * Checks and copies the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if the subject is empty or longer than 128 characters
   */
  public MfaRecord {
    if (subject.isEmpty() || subject.length() > LONGEST) {
      throw QilinException.invalid(
          "a user has a name of 1 to 128 characters, not " + subject.length());
    }
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(blockedUntil, "blockedUntil");
    recoveryHashes = Set.copyOf(recoveryHashes);
  }

  MfaRecord accepted(long step) {
    return new MfaRecord(subject, secret, settings, true, step, 0, Instant.EPOCH, recoveryHashes);
  }

  MfaRecord recovered(Set<String> left) {
    return new MfaRecord(subject, secret, settings, confirmed, lastStep, 0, Instant.EPOCH, left);
  }

  MfaRecord failed(int count, Instant until) {
    return new MfaRecord(
        subject, secret, settings, confirmed, lastStep, count, until, recoveryHashes);
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "MfaRecord[confirmed=" + confirmed + ", failures=" + failures + "]";
  }
}
