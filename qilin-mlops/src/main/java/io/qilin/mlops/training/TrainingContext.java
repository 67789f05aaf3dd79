package io.qilin.mlops.training;

import io.qilin.api.progress.Cancellation;

/** What a trainer is given besides its data: to whom it tells how it goes, and when it has to stop. Safe to share between threads. */
public interface TrainingContext {
  /** A context that tells nobody and that nobody cancels. */
  static TrainingContext silent(long seed) {
    return new SilentContext(seed, new Cancellation());
  }

  /** The seed of all that is random; the same seed, data and parameters give the same model. */
  long seed();

  /** Asked at least every 100 ms of work; a trainer that is cancelled throws CANCELLED. */
  Cancellation cancellation();

  /** Tells one line of the log; a line may be cut at 16 KiB. */
  void log(String line);

  /** Tells how much is done, from 0 to 1; never less than before. */
  void progress(double done);

  /**
   * Tells a figure.
   *
   * @param name for example {@code valid.l2}
   * @param step for example the number of trees so far
   * @param value {@code NaN} where it is not known
   */
  void metric(String name, long step, double value);
}
