package io.qilin.examples;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads of one command; ended with it.
 *
 * @param executor where to hand in work
 * @param end what ends them
 */
record Threads(Executor executor, Runnable end) implements AutoCloseable {
  /** The most that may be asked for. */
  static final int MOST = 256;

  /** Daemon threads. */
  static Threads of(int count) {
    ExecutorService pool = Executors.newFixedThreadPool(count, task -> {
      Thread thread = new Thread(task, "qilin-worker");
      thread.setDaemon(true);
      return thread;
    });
    return new Threads(pool, pool::shutdownNow);
  }

  /** Helpers that make {@code count} threads together with the caller. */
  static Threads helping(int count) {
    return count == 1 ? new Threads(Runnable::run, () -> {}) : of(count - 1);
  }

  @Override
  public void close() {
    end.run();
  }
}
