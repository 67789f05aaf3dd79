package io.qilin.mlflow;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.artifact.ArtifactStore;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Copies experiments and models from one store to another: from the embedded one to MLflow, or back.
 *
 * <p>It can be stopped at any moment and begun again: what was copied has the tag {@value #ORIGIN} with where it comes from, is found
 * by it, and is completed, not copied twice. Each run and version is read back and compared with its origin; a run whose origin
 * went on meanwhile gets what is new. Nothing in the source changes. Run one copy at a time into a target.
 *
 * <p>What the target cannot take is left out and reported: ids of runs and experiments, when an experiment was made, numbers of versions
 * after gaps, the history of moves and their times, and what {@link MlflowTracker} refuses.
 *
 * <p>Immutable; a copy runs on the thread that calls. All errors of both stores pass through.
 */
public final class MlflowCopy {
  /** The tag that tells where something was copied from. */
  public static final String ORIGIN = "copied.from";

  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final String label;
  private final Cancellation cancellation;

  private MlflowCopy(String label, Cancellation cancellation) {
    this.label = label;
    this.cancellation = cancellation;
  }

  /**
   * Copies out of one store.
   *
   * @param label names the source in the target, always the same for one source: 1 to 64 letters, digits, {@code . _ -} of ASCII
   * @param cancellation looked at between any two calls that write
   * @throws QilinException INVALID_ARGUMENT for another label
   */
  public static MlflowCopy from(String label, Cancellation cancellation) {
    if (!LABEL.matcher(label).matches()) {
      throw QilinException.invalid(
          "a source's label has 1 to 64 letters, digits, dots, underscores or"
              + " hyphens of ASCII, was " + QilinException.quote(label));
    }
    return new MlflowCopy(label, Objects.requireNonNull(cancellation, "cancellation"));
  }

  /**
   * Copies all experiments with all runs: params, points of metrics, tags, files, parents, owners, times, ends, and what is put
   * away.
   */
  public CopyReport experiments(ExperimentTracker source, ExperimentTracker target) {
    CopyTally tally = new CopyTally();
    new ExperimentCopy(label, cancellation, source, target, tally).run();
    return tally.report();
  }

  /**
   * Copies all models with the versions that are not deleted: files, drafts, stages, aliases, and which version a rollback brings
   * back. Copy experiments first: then the run of a version is that of the target. A version in production, and one with the alias,
   * that the target registered itself stay so, and are reported; among copied versions the source decides.
   *
   * @param runs the experiments of the target
   * @param store where the target looks for files that are to be registered
   */
  public CopyReport models(
      ModelRegistry source, ModelRegistry target, ExperimentTracker runs, ArtifactStore store) {
    CopyTally tally = new CopyTally();
    new ModelCopy(label, cancellation, source, target, runs, store, tally).run();
    return tally.report();
  }
}
