package io.qilin.mlops.tuning;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * How a study searches. All of it is kept with the study: one that goes on must be given the same.
 *
 * @param direction which value is better
 * @param seed of all that is drawn
 * @param sampler how values are found
 * @param pruner when a trial is stopped early
 * @param batch how many trials are found together and may run at the same time, 1 to 1,000. The study learns between batches,
 *     so that the result depends on this number, but not on the number of threads
 */
public record StudySettings(
    Direction direction, long seed, Sampler sampler, Pruner pruner, int batch) {
  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a batch out of its range
   */
  public StudySettings {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(sampler, "sampler");
    Objects.requireNonNull(pruner, "pruner");
    if (batch < 1 || batch > 1_000) {
      throw QilinException.invalid("a batch has 1 to 1,000 trials, was " + batch);
    }
  }

  /** TPE with its defaults, nothing stopped early, batches of 4. */
  public static StudySettings of(Direction direction, long seed) {
    return new StudySettings(direction, seed, Sampler.Tpe.DEFAULT, new Pruner.None(), 4);
  }

  /** The same with another {@link #sampler}. */
  public StudySettings withSampler(Sampler other) {
    return new StudySettings(direction, seed, other, pruner, batch);
  }

  /** The same with another {@link #pruner}. */
  public StudySettings withPruner(Pruner other) {
    return new StudySettings(direction, seed, sampler, other, batch);
  }

  /** The same with another {@link #batch}. */
  public StudySettings withBatch(int trials) {
    return new StudySettings(direction, seed, sampler, pruner, trials);
  }
}
