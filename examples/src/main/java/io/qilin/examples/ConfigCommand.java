package io.qilin.examples;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code config}: looks at configuration files, and seals what is secret in them. */
@Command(
    name = "config",
    description = {
      "Checks configuration files, seals a secret for its place in one, or seals all secrets of one under another key.",
      ""
    },
    synopsisSubcommandLabel = "(check | seal | rekey)",
    footer = {
      "",
      "Example: qilin config check app.yaml --profile prod",
      "Example: qilin config seal --path broker.password --key k1 < password.txt",
      "Example: qilin config rekey app.yaml --key k2 --old k1"
    })
final class ConfigCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  private ConfigCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "check, seal or rekey?");
  }

  /** The command with what it does. */
  static CommandLine of(Terminal terminal) {
    return new CommandLine(new ConfigCommand())
        .addSubcommand(new ConfigCheckCommand(terminal))
        .addSubcommand(new ConfigSealCommand(terminal))
        .addSubcommand(new ConfigRekeyCommand(terminal));
  }
}
