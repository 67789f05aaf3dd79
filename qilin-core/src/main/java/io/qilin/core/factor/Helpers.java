package io.qilin.core.factor;

import io.qilin.api.progress.ProgressListener;
import java.util.concurrent.Executor;

/**
 * Who works on a computation, and who hears of it.
 *
 * @param executor whose threads help the calling one
 * @param threads how many there may be at work, the calling one included
 * @param progress hears how much is done
 */
record Helpers(Executor executor, int threads, ProgressListener progress) {
  static Helpers of(FactorEngine engine) {
    int threads = engine.isParallel() ? Runtime.getRuntime().availableProcessors() : 1;
    return new Helpers(engine.executor(), threads, engine.progress());
  }

  /** The same, but somebody else hears. */
  Helpers telling(ProgressListener listener) {
    return new Helpers(executor, threads, listener);
  }

  /** The calling thread alone. */
  static Helpers none(ProgressListener progress) {
    return new Helpers(Runnable::run, 1, progress);
  }
}
