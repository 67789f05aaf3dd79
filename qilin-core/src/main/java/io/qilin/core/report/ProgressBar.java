package io.qilin.core.report;

import io.qilin.api.progress.ProgressListener;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A line that shows how far long work has come, rewritten in place: {@code factors  ████████░░░░  67%  201 / 300}. For a
 * terminal only; a host that writes to a file or a pipe leaves it out. Safe for use by several threads: the fraction
 * shown never falls, and a text is handed on only when it changes.
 */
public final class ProgressBar implements ProgressListener {
  private static final int CELLS = 24;

  private final String label;
  private final Consumer<String> terminal;
  private long shown = -1;

  /**
   * A bar that has not been drawn yet.
   *
   * @param label what is going on, a word or two
   * @param terminal takes what is to be written: a carriage return and the line, at the end a line break
   */
  public ProgressBar(String label, Consumer<String> terminal) {
    this.label = VisibleText.oneLine(label);
    this.terminal = Objects.requireNonNull(terminal, "terminal");
  }

  @Override
  public synchronized void progress(long done, long total) {
    long percent = percent(done, total);
    if (percent > shown) {
      shown = percent;
      terminal.accept("\r" + line(label, done, total) + (percent == 100 ? "\n" : ""));
    }
  }

  /**
   * The line alone, without the carriage return.
   *
   * @param label what is going on
   * @param done units finished; taken as 0 below 0 and as total above total
   * @param total units in all
   */
  public static String line(String label, long done, long total) {
    long percent = percent(done, total);
    int full = (int) (percent * CELLS / 100);
    String number = " ".repeat(percent < 10 ? 2 : percent < 100 ? 1 : 0) + percent;
    return label + "  " + "█".repeat(full) + "░".repeat(CELLS - full) + "  " + number + "%  "
        + NumberText.count(done) + " / " + NumberText.count(total);
  }

  private static long percent(long done, long total) {
    if (total <= 0 || done >= total) {
      return 100;
    }
    return (long) (100.0 * Math.max(done, 0) / total);
  }
}
