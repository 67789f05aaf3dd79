package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.core.report.VisibleText;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever stopped a command into one line on the error stream and an exit code. */
final class Failures {
  private static final int LONGEST = 2000;

  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command line was not understood: says what was meant, perhaps, and where help is. */
  int usage(ParameterException e) {
    terminal.say(shortened(
        VisibleText.oneLine(unmatched(e).orElseGet(() -> String.valueOf(e.getMessage())))));
    terminal.say("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  /** A word that nobody knows explains more than what is missing because of it. */
  private static Optional<String> unmatched(ParameterException e) {
    CommandLine command = e.getCommandLine();
    List<String> typed = e instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched()
        : command.getUnmatchedArguments();
    if (typed.isEmpty()) {
      return Optional.empty();
    }
    String word = typed.get(0);
    boolean option = word.startsWith("-");
    Collection<String> known = option
        ? command.getCommandSpec().optionsMap().keySet()
        : command.getSubcommands().keySet();
    String what =
        option ? "unknown option " : known.isEmpty() ? "superfluous argument " : "unknown command ";
    return Optional.of(what + QilinException.quote(word) + NearestName.hint(word, known));
  }

  /** The command ran and failed. */
  int failed(Throwable failure, boolean debug) {
    QilinException typed = typed(failure);
    String[] lines = String.valueOf(typed.getMessage()).split("\\R", -1);
    if (isExpression(typed.code())) {
      for (String line : lines) {
        terminal.say(shortened(line));
      }
    } else {
      terminal.say(shortened(String.join(" ", lines)));
    }
    if (debug) {
      failure.printStackTrace(terminal.err());
    }
    return ExitCode.ERROR;
  }

  private static QilinException typed(Throwable failure) {
    if (failure instanceof QilinException typed) {
      return typed;
    }
    if (failure instanceof OutOfMemoryError) {
      return new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "the memory does not suffice; give Java more with -Xmx, or take fewer instruments, days or factors",
          failure);
    }
    String what = failure.getClass().getSimpleName()
        + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
    return new QilinException(
        ErrorCode.UNKNOWN,
        what
            + "; this is a fault of Qilin, please report it with the output of the same command and --debug",
        failure);
  }

  /** The block below such a message points at the place with a caret. */
  private static boolean isExpression(ErrorCode code) {
    return code == ErrorCode.EXPRESSION_SYNTAX
        || code == ErrorCode.EXPRESSION_TYPE
        || code == ErrorCode.EXPRESSION_LIMIT
        || code == ErrorCode.LOOK_AHEAD;
  }

  private static String shortened(String line) {
    int[] points = line.codePoints().limit(LONGEST + 1L).toArray();
    return points.length <= LONGEST ? line : new String(points, 0, LONGEST) + "…";
  }
}
