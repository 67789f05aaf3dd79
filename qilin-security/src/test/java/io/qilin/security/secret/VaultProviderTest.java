package io.qilin.security.secret;

import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.SecretProviderTck;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One vault for all tests, emptied before each, because deriving its key is slow on purpose. */
class VaultProviderTest extends SecretProviderTck {
  @TempDir
  static Path folder;

  private static SecretVault vault;

  @BeforeAll
  static void makeTheVault() {
    vault = SecretVault.create(
        folder.resolve("vault"), "a long Passphrase 93".toCharArray(), new SecureRandom());
  }

  @AfterAll
  static void closeTheVault() {
    vault.close();
  }

  @Override
  protected SecretProvider provider(Map<String, String> secrets) {
    vault.names().forEach(vault::remove);
    secrets.forEach((name, text) -> vault.put(name, Secret.of(text)));
    return vault;
  }
}
