package io.qilin.api.progress;

/** Hears how far long work has come. Called from the working threads, possibly several at once; must not throw. */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = (done, total) -> {};

  /**
   * Some work is done.
   *
   * @param done units finished, 0 to total
   * @param total units in all, at least 1
   */
  void progress(long done, long total);
}
