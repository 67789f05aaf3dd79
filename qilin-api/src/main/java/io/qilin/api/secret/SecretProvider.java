package io.qilin.api.secret;

import io.qilin.api.error.QilinException;
import java.util.Optional;

/** Where secrets are kept: a vault, a file, the environment. Implementations are safe to share between threads. */
public interface SecretProvider {
  /**
   * The secret of a name.
   *
   * @param name for example {@code deepseek/api-key}
   * @return empty if there is none of this name
   * @throws QilinException if the place cannot be asked; the caller then refuses what it was asked for
   */
  Optional<Secret> secret(String name);
}
