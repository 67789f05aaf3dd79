package io.qilin.vault;

import java.util.Objects;

/**
 * What a key of the transit engine is; the key itself never leaves the server.
 *
 * @param name its name
 * @param type for example {@code aes256-gcm96} or {@code ed25519}
 * @param latest the version that encrypts and signs, from 1
 * @param minDecryption the oldest version that still decrypts and verifies
 * @param deletable whether it may be deleted
 * @param exportable whether the server would give it away
 */
public record TransitKey(
    String name,
    String type,
    long latest,
    long minDecryption,
    boolean deletable,
    boolean exportable) {
  /** Checks that nothing is missing. */
  public TransitKey {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
