package io.qilin.security.secret;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.util.Optional;

/** Asks a provider of others, which may throw anything or answer null. */
final class SafeProvider {
  private SafeProvider() {}

  static Optional<Secret> ask(SecretProvider provider, String name, String what) {
    Optional<Secret> answer;
    try {
      answer = provider.secret(name);
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      // Its message and causes may hold the secret, so they are not passed on.
      throw SecretNames.unavailable(name, what + " threw " + e.getClass().getSimpleName());
    }
    if (answer == null) {
      throw SecretNames.unavailable(name, what + " answered null");
    }
    return answer;
  }
}
