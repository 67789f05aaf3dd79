package io.qilin.security.token;

import io.qilin.api.secret.Secret;
import java.time.Instant;
import java.util.Objects;

/**
 * A new token. It prints without its text.
 *
 * @param text to be given to its holder only
 * @param id by which it can be revoked
 * @param keyId the key that signed it
 * @param issuedAt whole seconds
 * @param expiresAt whole seconds
 */
public record IssuedToken(
    Secret text, String id, String keyId, Instant issuedAt, Instant expiresAt) {
  /** Checks that nothing is missing. */
  public IssuedToken {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(issuedAt, "issuedAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }
}
