package io.qilin.examples;

import io.qilin.api.progress.ProgressListener;
import io.qilin.core.report.ProgressBar;
import io.qilin.core.report.VisibleText;
import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/**
 * Where a command writes.
 *
 * @param out for data
 * @param err for messages, tables about the data, and progress
 * @param interactive whether a person watches, so that a line may be rewritten in place
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
  /** Whether both ends of this process are a terminal; as of Java 22 a console may also be a pipe. */
  @SuppressWarnings("SystemConsoleNull") // before Java 22 no console is null
  static boolean watched() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    if (Runtime.version().feature() < 22) {
      return true;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  /** A bar on a watched terminal, nothing elsewhere. */
  ProgressListener progress(String label) {
    return interactive ? new ProgressBar(label, this::draw) : ProgressListener.NONE;
  }

  private void draw(String text) {
    err.print(text);
    err.flush();
  }

  /** A message for the person, on one line. */
  void say(String message) {
    err.println(VisibleText.oneLine(message));
  }
}
