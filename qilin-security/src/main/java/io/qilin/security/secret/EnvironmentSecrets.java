package io.qilin.security.secret;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Secrets out of environment variables, which the caller passes in: the secret {@code deepseek/api-key} with the prefix {@code
 * QILIN_} is the variable {@code QILIN_DEEPSEEK_API_KEY}. Every process of the same user can read the environment; a vault is
 * better. Immutable and safe to share between threads.
 */
public final class EnvironmentSecrets implements SecretProvider {
  private static final Pattern PREFIX = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");

  private final Map<String, String> variables;
  private final String prefix;

  private EnvironmentSecrets(Map<String, String> variables, String prefix) {
    this.variables = Map.copyOf(variables);
    this.prefix = prefix;
  }

  /**
   * Secrets out of variables.
   *
   * @param variables for example {@code System.getenv()}; copied
   * @param prefix what the names of the variables begin with: a capital letter, then capital letters, digits and low lines
   * @throws QilinException INVALID_ARGUMENT for another prefix
   */
  public static EnvironmentSecrets of(Map<String, String> variables, String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw QilinException.invalid(
          "a prefix of variables is like QILIN_, not " + QilinException.quote(prefix));
    }
    return new EnvironmentSecrets(variables, prefix);
  }

  /**
   * The secret of a name.
   *
   * @throws QilinException INVALID_ARGUMENT for a name of another form, WEAK_KEY for a weak secret or a known placeholder
   */
  @Override
  public Optional<Secret> secret(String name) {
    String variable =
        prefix + SecretNames.check(name).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    return Optional.ofNullable(variables.get(variable))
        .filter(value -> !value.isEmpty())
        .map(value -> SecretNames.strong(name, Secret.of(value)));
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "EnvironmentSecrets[" + prefix + "]";
  }
}
