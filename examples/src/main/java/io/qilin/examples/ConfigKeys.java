package io.qilin.examples;

import io.qilin.api.secret.SecretProvider;
import io.qilin.security.secret.EnvironmentSecrets;
import io.qilin.security.secret.FileSecrets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the keys of sealed values are kept. */
final class ConfigKeys {
  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description =
          "The folder with the keys, DIR/config-keys/ID each, of mode 0600: 32 random bytes in Base64."
              + " Without it, a key is the environment variable QILIN_CONFIG_KEYS_ID.")
  private Optional<Path> folder = Optional.empty();

  SecretProvider provider() {
    return folder
        .<SecretProvider>map(FileSecrets::in)
        .orElseGet(() -> EnvironmentSecrets.of(System.getenv(), "QILIN_"));
  }
}
