package io.qilin.examples;

/** What the process tells the shell. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** Bad data, or any other error that Qilin names by a code. */
  static final int ERROR = 3;

  /** Done, with findings that the policy does not allow, or with a replay that differs. */
  static final int FINDINGS = 4;

  private ExitCode() {}
}
