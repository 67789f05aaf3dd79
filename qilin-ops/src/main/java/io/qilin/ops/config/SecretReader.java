package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;

/** Turns what a configuration holds in place of a secret into the secret. Implementations are safe to share between threads. */
@FunctionalInterface
public interface SecretReader {
  /**
   * The secret of a place.
   *
   * @param path where it stands, for example {@code llm.providers[0].api-key}; a text sealed for another place is refused
   * @param text what stands there, for example {@code ENC(k1:…)}
   * @throws QilinException if it cannot be had; the whole configuration is then refused
   */
  Secret read(String path, String text);
}
