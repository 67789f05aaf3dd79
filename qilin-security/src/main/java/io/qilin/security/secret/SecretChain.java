package io.qilin.security.secret;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.util.List;
import java.util.Optional;

/**
 * Asks several providers in order and takes the first answer. A provider that fails refuses the call: the next one is not asked,
 * for it might have an older secret. Safe to share between threads if the providers are.
 */
public final class SecretChain implements SecretProvider {
  private final List<SecretProvider> providers;

  private SecretChain(List<SecretProvider> providers) {
    this.providers = List.copyOf(providers);
  }

  /**
   * A chain.
   *
   * @param providers at least one
   * @throws QilinException INVALID_ARGUMENT if there is none
   */
  public static SecretChain of(List<SecretProvider> providers) {
    if (providers.isEmpty()) {
      throw QilinException.invalid("a chain of providers has at least one");
    }
    return new SecretChain(providers);
  }

  /**
   * The secret of a name.
   *
   * @throws QilinException what a provider threw; SECRET_UNAVAILABLE if one threw anything else or answered null
   */
  @Override
  public Optional<Secret> secret(String name) {
    SecretNames.check(name);
    for (int i = 0; i < providers.size(); i++) {
      Optional<Secret> answer = SafeProvider.ask(
          providers.get(i), name, "provider " + (i + 1) + " of " + providers.size());
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }
}
