package io.qilin.security.secret;

import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.SecretProviderTck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FileProviderTest extends SecretProviderTck {
  @TempDir
  Path folder;

  @Override
  protected SecretProvider provider(Map<String, String> secrets) throws Exception {
    return SecretFiles.written(Files.createTempDirectory(folder, "s"), secrets);
  }
}
