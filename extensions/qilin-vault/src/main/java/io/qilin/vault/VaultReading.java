package io.qilin.vault;

import io.qilin.api.secret.Secret;
import java.time.Instant;
import java.util.Objects;

/**
 * A secret and how fresh it is.
 *
 * @param secret the secret
 * @param version of the KV engine, from 1
 * @param readAt when the server was asked
 * @param stale whether the server could not be asked any more, so that this is an older copy
 */
public record VaultReading(Secret secret, long version, Instant readAt, boolean stale) {
  /** Checks that nothing is missing. */
  public VaultReading {
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(readAt, "readAt");
  }

  VaultReading asStale() {
    return new VaultReading(secret, version, readAt, true);
  }
}
