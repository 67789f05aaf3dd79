package io.qilin.vault;

import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.SecretProviderTck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class VaultSecretsTckTest extends SecretProviderTck {
  private final List<AutoCloseable> opened = new ArrayList<>();

  @Override
  protected SecretProvider provider(Map<String, String> secrets) throws Exception {
    FakeVault vault = new FakeVault();
    opened.add(vault);
    secrets.forEach((name, text) -> vault.kv.put("qilin/" + name, Map.of("value", text)));
    VaultLogin login = VaultLogin.appRole(FakeVault.ROLE, () -> Secret.of(vault.secretId));
    VaultClient client = VaultClient.builder(vault.address(), login, VaultFixture.HTTP, vault.clock)
        .build();
    opened.add(0, client);
    return VaultSecrets.builder(client, "secret").folder("qilin").build();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }
}
