package io.qilin.examples;

import io.qilin.api.error.QilinException;
import io.qilin.ops.config.ConfigLimits;
import io.qilin.ops.config.WrittenConfig;
import io.qilin.ops.config.WrittenValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config check}: what configuration files say together, and from where. */
@Command(
    name = "check",
    description = {
      "Reads configuration files over each other, a later one over an earlier, and prints each value with its origin;"
          + " sealed values and those with the name of a secret are masked. Only the form is checked: which names and"
          + " types there are, the host knows.",
      ""
    },
    footer = {"", "Example: qilin config check app.yaml local.yaml --profile prod"})
final class ConfigCheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "YAML, JSON or properties.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "Each app.yaml is followed by app-P.yaml where that exists; may be repeated.")
  private List<String> profiles = new ArrayList<>();

  ConfigCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    for (String profile : profiles) {
      if (!profile.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
        throw new ParameterException(
            spec.commandLine(),
            "--profile is of letters, digits and '._-', not " + QilinException.quote(profile));
      }
    }
    List<Path> absolute =
        files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
    List<WrittenValue> values =
        WrittenConfig.read(absolute, profiles, ConfigLimits.DEFAULT).values();
    values.forEach(value -> terminal.out().print(value + "\n"));
    terminal.say(values.size() + (values.size() == 1 ? " value" : " values")
        + "; the form is right, names and types were not checked");
    return ExitCode.DONE;
  }
}
