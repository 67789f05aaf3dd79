package io.qilin.ops.vault;

import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Keys in memory, the same for the same id in every run and in every process. */
final class VaultKeys implements SecretProvider {
  private final Map<String, String> secrets = new ConcurrentHashMap<>();

  static VaultKeys of(String... ids) {
    VaultKeys keys = new VaultKeys();
    for (String id : ids) {
      keys.put(id, key(id));
    }
    return keys;
  }

  static String key(String id) {
    byte[] key = new byte[32];
    new Random(id.hashCode()).nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  void put(String id, String key) {
    secrets.put("config-keys/" + id, key);
  }

  void withdraw(String id) {
    secrets.remove("config-keys/" + id);
  }

  @Override
  public Optional<Secret> secret(String name) {
    return Optional.ofNullable(secrets.get(name)).map(Secret::of);
  }
}
