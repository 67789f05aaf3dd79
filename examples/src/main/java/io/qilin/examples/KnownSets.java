package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorSet;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.Alpha360;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The sets of factors that have a name. */
final class KnownSets {
  private static final List<String> NAMES = List.of("alpha158", "alpha360", "alpha101");

  private KnownSets() {}

  /**
   * The set of a name.
   *
   * @throws ParameterException with the nearest name
   * @throws QilinException UNSUPPORTED for a set that is not there yet
   */
  static FactorSet of(String name, CommandSpec spec) {
    return switch (name) {
      case "alpha158" -> Alpha158.factors();
      case "alpha360" -> Alpha360.factors();
      case "alpha101" ->
        throw new QilinException(
            ErrorCode.UNSUPPORTED,
            "--set alpha101 arrives with a later version; this one has alpha158 or alpha360");
      default ->
        throw new ParameterException(
            spec.commandLine(),
            "--set is alpha158 or alpha360, was " + QilinException.quote(name)
                + NearestName.hint(name, NAMES));
    };
  }
}
