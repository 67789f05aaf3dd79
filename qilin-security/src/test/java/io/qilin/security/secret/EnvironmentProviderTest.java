package io.qilin.security.secret;

import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.SecretProviderTck;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

class EnvironmentProviderTest extends SecretProviderTck {
  @Override
  protected SecretProvider provider(Map<String, String> secrets) {
    Map<String, String> variables = new HashMap<>();
    secrets.forEach((name, text) ->
        variables.put("QILIN_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_"), text));
    return EnvironmentSecrets.of(variables, "QILIN_");
  }
}
