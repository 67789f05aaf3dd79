package io.qilin.security.secret;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets that the host has from elsewhere and hands over. Safe to share between threads. */
public final class MemorySecrets implements SecretProvider {
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

  /** Without secrets. */
  public MemorySecrets() {}

  /**
   * Keeps a secret, in the place of one of the same name.
   *
   * @throws QilinException INVALID_ARGUMENT for a name of another form, WEAK_KEY for a weak secret or a known placeholder
   */
  public void put(String name, Secret secret) {
    secrets.put(SecretNames.check(name), SecretNames.strong(name, secret));
  }

  /** Forgets a secret. */
  public void remove(String name) {
    secrets.remove(SecretNames.check(name));
  }

  @Override
  public Optional<Secret> secret(String name) {
    return Optional.ofNullable(secrets.get(SecretNames.check(name)));
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "MemorySecrets[" + secrets.size() + "]";
  }
}
