package io.qilin.security.mfa;

import java.util.Optional;

/**
 * Where second factors are kept: a table by user. Implementations are safe to share between threads; each method is atomic. What they
 * write to a disk is encrypted.
 */
public interface MfaStore {
  /**
   * The record of a user; empty if there is none.
   *
   * @throws io.qilin.api.error.QilinException if the store cannot be asked; the user is then refused
   */
  Optional<MfaRecord> find(String subject);

  /**
   * Stores the record of a user who has none.
   *
   * @return false if there is one, and then nothing is changed
   */
  boolean insert(MfaRecord mfa);

  /**
   * Puts {@code next} in the place of {@code expected}, which is of the same user.
   *
   * @return false if what is stored is not equal to {@code expected}, and then nothing is changed
   */
  boolean replace(MfaRecord expected, MfaRecord next);

  /**
   * Removes a record.
   *
   * @return false if what is stored is not equal to {@code expected}, and then nothing is changed
   */
  boolean remove(MfaRecord expected);
}
