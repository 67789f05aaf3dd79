package io.qilin.examples;

import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Explains the command and ends.")
  boolean help;

  @Option(names = "--debug", description = "Prints the stack trace of a failure below its message.")
  boolean debug;
}
