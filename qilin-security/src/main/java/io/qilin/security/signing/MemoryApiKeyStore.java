package io.qilin.security.signing;

import io.qilin.api.error.QilinException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** API keys in the memory of this process; gone when it ends. Safe to share between threads. */
public final class MemoryApiKeyStore implements ApiKeyStore {
  private final ConcurrentHashMap<String, ApiKey> keys = new ConcurrentHashMap<>();

  /** A store without keys. */
  public MemoryApiKeyStore() {}

  @Override
  public Optional<ApiKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  @Override
  public boolean insert(ApiKey key) {
    return keys.putIfAbsent(key.id(), key) == null;
  }

  @Override
  public boolean replace(ApiKey expected, ApiKey next) {
    if (!expected.id().equals(next.id())) {
      throw QilinException.invalid("the key " + expected.id() + " cannot become " + next.id());
    }
    return keys.replace(expected.id(), expected, next);
  }
}
