package io.qilin.security.signing;

import java.util.Optional;

/**
 * Where API keys are kept: a table by id. Implementations are safe to share between threads; {@link #insert} and {@link #replace} are
 * atomic.
 */
public interface ApiKeyStore {
  /**
   * The key of an id; empty if there is none.
   *
   * @throws io.qilin.api.error.QilinException if the store cannot be asked; the key is then refused
   */
  Optional<ApiKey> find(String id);

  /**
   * Stores a key of a new id.
   *
   * @return false if the id is taken, and then nothing is changed
   */
  boolean insert(ApiKey key);

  /**
   * Puts {@code next} in the place of {@code expected}, which has the same id.
   *
   * @return false if what is stored is not equal to {@code expected}, and then nothing is changed
   */
  boolean replace(ApiKey expected, ApiKey next);
}
