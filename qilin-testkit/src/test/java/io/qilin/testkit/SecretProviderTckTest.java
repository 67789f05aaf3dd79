package io.qilin.testkit;

import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.util.Map;
import java.util.Optional;

class SecretProviderTckTest extends SecretProviderTck {
  @Override
  protected SecretProvider provider(Map<String, String> secrets) {
    return name -> Optional.ofNullable(secrets.get(name)).map(Secret::of);
  }
}
