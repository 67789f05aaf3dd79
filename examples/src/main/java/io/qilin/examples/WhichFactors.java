package io.qilin.examples;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** One of the known sets of factors, or a file with others; a command shows both as one group. */
final class WhichFactors {
  @Option(
      names = "--set",
      required = true,
      paramLabel = "alpha158|alpha360|alpha101",
      description = "A known set of factors.")
  private Optional<String> set = Optional.empty();

  @Option(
      names = "--expressions",
      required = true,
      paramLabel = "FILE.tsv",
      description =
          "Expressions of your own: separated by tabs, with the columns id and expression.")
  private Optional<Path> expressions = Optional.empty();

  /** The name of the set; any text, and empty where a file is given. */
  String set() {
    return set.orElse("");
  }

  /** The file, if one is given. */
  Optional<Path> expressions() {
    return expressions;
  }
}
