package io.qilin.security.signing;

import io.qilin.api.secret.Secret;
import java.util.Objects;

/**
 * A new API key, shown once. Immutable.
 *
 * @param secret the key itself, for its owner: {@code qk_}, the id, {@code _} and the secret part; it is stored nowhere
 * @param key what is stored
 */
public record IssuedApiKey(Secret secret, ApiKey key) {
  /** Checks that there are both. */
  public IssuedApiKey {
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(key, "key");
  }
}
