package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.BitSet;
import java.util.List;

/** One of the appenders that the writer hands events to, and how far it has come in the batch. For the writer alone. */
final class Outlet {
  private final Appender<ILoggingEvent> appender;
  private int done;

  Outlet(Appender<ILoggingEvent> appender) {
    this.appender = appender;
  }

  /** Begins with a new batch. */
  void restart() {
    done = 0;
  }

  /** Whether it is through with a batch. */
  boolean finished(List<HeldEvent> batch) {
    return done == batch.size();
  }

  /**
   * Hands over what it has not taken yet. Where it fails, the important events from there on stay for a next time, and the others up
   * to the first of them are given up.
   *
   * @param lost gets those that are given up
   * @return whether it took all that it was offered
   */
  boolean take(List<HeldEvent> batch, BitSet lost) {
    done += appender instanceof CappedFileAppender file
        ? file.appendAll(batch, done, lost)
        : each(batch, lost);
    if (finished(batch)) {
      return true;
    }
    while (done < batch.size() && !batch.get(done).important()) {
      lost.set(done++);
    }
    return false;
  }

  private int each(List<HeldEvent> batch, BitSet lost) {
    int at = done;
    while (at < batch.size() && appender.isStarted()) {
      try {
        appender.doAppend(batch.get(at));
      } catch (Exception
          | LinkageError
          | AssertionError
          | StackOverflowError
          | OutOfMemoryError e) {
        // Another try would fail alike; that the line is lost is counted, and the status of Logback
        // tells why.
        lost.set(at);
        appender.addError("the appender " + appender.getName() + " failed; a line is lost", e);
      }
      // Logback's own stop themselves when a write fails.
      at += appender.isStarted() ? 1 : 0;
    }
    return at - done;
  }
}
