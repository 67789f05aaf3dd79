package io.qilin.security.secret;

import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.SecretProviderTck;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ChainProviderTest extends SecretProviderTck {
  @Override
  protected SecretProvider provider(Map<String, String> secrets) {
    MemorySecrets memory = new MemorySecrets();
    secrets.forEach((name, text) -> memory.put(name, Secret.of(text)));
    return SecretChain.of(List.of(name -> Optional.empty(), memory));
  }
}
