package io.qilin.examples;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorSet;
import io.qilin.core.factor.Alpha101;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.Alpha360;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The factor sets that a command line may name. */
final class KnownSets {
  private static final List<String> NAMES = List.of("alpha158", "alpha360", "alpha101");

  private KnownSets() {}

  /**
   * The set of that name.
   *
   * @param command whose usage is shown where the name is wrong
   * @throws ParameterException for a name that nobody knows
   */
  static FactorSet named(String name, CommandSpec command) {
    return switch (name) {
      case "alpha158" -> Alpha158.factors();
      case "alpha360" -> Alpha360.factors();
      case "alpha101" -> Alpha101.factors();
      default ->
        throw new ParameterException(
            command.commandLine(),
            "--set is alpha158, alpha360 or alpha101, was " + QilinException.quote(name)
                + NearestName.hint(name, NAMES));
    };
  }
}
