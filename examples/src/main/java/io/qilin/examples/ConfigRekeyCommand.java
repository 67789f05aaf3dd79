package io.qilin.examples;

import io.qilin.ops.vault.ConfigVault;
import io.qilin.ops.vault.ConfigVaultFile;
import io.qilin.ops.vault.Rekeyed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config rekey}: seals all sealed values of a file under another key. */
@Command(
    name = "rekey",
    description = {
      "Seals all ENC(…) values of a file under another key and leaves every other byte as it is. The file is replaced as"
          + " a whole, or not at all if one value cannot be read. Only its owner may read and write it.",
      ""
    },
    footer = {"", "Example: qilin config rekey app.yaml --key k2 --old k1 --keys /run/secrets"})
final class ConfigRekeyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private ConfigKeys keys = new ConfigKeys();

  @Parameters(paramLabel = "FILE", description = "YAML, JSON or properties.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "NEW",
      description = "The key that all values are under afterwards.")
  private String key = "";

  @Option(
      names = "--old",
      paramLabel = "ID",
      description = "A key that values are under now; may be repeated.")
  private List<String> old = new ArrayList<>();

  ConfigRekeyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ConfigVault vault = ConfigVault.builder(keys.provider())
        .primaryKey(key)
        .keys(old.toArray(String[]::new))
        .build();
    Rekeyed done = ConfigVaultFile.of(file, vault).rekey();
    if (!done.permissionsChecked()) {
      terminal.say("warning: this file system does not say who may read " + file);
    }
    terminal.say(done.changed() + " of " + done.values() + " sealed values of " + file
        + " are sealed anew, all are under " + done.primaryKey());
    return ExitCode.DONE;
  }
}
