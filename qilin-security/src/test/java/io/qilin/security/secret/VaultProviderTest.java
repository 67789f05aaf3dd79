package io.qilin.security.secret;

import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.SecretProviderTck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class VaultProviderTest extends SecretProviderTck {
  @TempDir
  Path folder;

  @Override
  protected SecretProvider provider(Map<String, String> secrets) throws Exception {
    Path file = Files.createTempDirectory(folder, "v").resolve("vault");
    SecretVault vault =
        SecretVault.create(file, "a long Passphrase 93".toCharArray(), new SecureRandom());
    secrets.forEach((name, text) -> vault.put(name, Secret.of(text)));
    return vault;
  }
}
