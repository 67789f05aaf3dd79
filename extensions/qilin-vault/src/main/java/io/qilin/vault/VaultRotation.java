package io.qilin.vault;

import java.time.Instant;
import java.util.Objects;

/**
 * A secret has another version than before; the secret itself is not part of it.
 *
 * @param name the secret's name
 * @param version the version that is the latest now; 0 if it is not known, as of a secret that is gone
 * @param gone whether there is no value any more: deleted, destroyed or purged
 * @param at when it was noticed
 */
public record VaultRotation(String name, long version, boolean gone, Instant at) {
  /** Checks that nothing is missing. */
  public VaultRotation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(at, "at");
  }
}
