package io.qilin.security.secret;

import java.time.Instant;
import java.util.Objects;

/**
 * A secret got another value; the value is not part of it.
 *
 * @param name the secret's name
 * @param version the new version, counted from 1
 * @param at when
 */
public record SecretRotation(String name, long version, Instant at) {
  /** Checks the parts. */
  public SecretRotation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(at, "at");
  }
}
