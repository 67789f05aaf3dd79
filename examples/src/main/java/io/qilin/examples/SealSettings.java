package io.qilin.examples;

import io.qilin.api.secret.Secret;
import io.qilin.ops.config.ConfigLoader;
import io.qilin.ops.vault.ConfigVault;
import io.qilin.ops.vault.ConfigVaultFile;
import io.qilin.security.secret.FileSecrets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Seals a password for its place in a file, reads it, and changes the key. */
public final class SealSettings {
  /** What the host is configured with. */
  record Broker(String user, Secret password) {}

  private SealSettings() {}

  /**
   * Runs on a private file.
   *
   * @param args the file, of mode 0600, and the folder with the keys
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    run(System.out, Path.of(args[0]), Path.of(args[1]));
  }

  /** Does it all, and prints what it finds. */
  static void run(PrintStream out, Path file, Path secrets) throws IOException {
    FileSecrets keys = FileSecrets.in(secrets); // config-keys/2026-01 and config-keys/2026-07
    ConfigVault vault = ConfigVault.builder(keys).primaryKey("2026-01").build();
    String sealed = vault.seal("password", Secret.of("known to the broker only"));
    Files.writeString(file, "user: wang # ours\npassword: " + sealed + "\n");

    ConfigVault next =
        ConfigVault.builder(keys).primaryKey("2026-07").keys("2026-01").build();
    out.println(ConfigVaultFile.of(file, next).rekey());
    ConfigLoader<Broker> loader =
        ConfigLoader.builder(Broker.class).file(file).secrets(next).build();
    out.println(loader.load().value());
  }
}
