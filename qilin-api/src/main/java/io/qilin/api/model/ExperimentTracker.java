package io.qilin.api.model;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what was tried: experiments, their runs, what each run was given, measured and left. Qilin brings one that needs no
 * server; others can stand before a server such as MLflow, whose words these are.
 *
 * <p>Texts: keys have 1 to 250 letters, digits and {@code _ - . : /} or blanks; values at most 65,536 characters, no {@code
 * U+0000} and no half of a surrogate pair. Times are kept to the millisecond. Numbers may be {@code NaN} and infinite.
 *
 * <p>When a method returns, what it changed lasts as long as the tracker promises to keep it; when it throws, nothing was
 * changed, but for STORE_UNAVAILABLE and NETWORK, after which it is to be looked up. Every method may throw what the tracker's
 * store has: STORE_UNAVAILABLE, STORE_DAMAGED, IO, RESOURCE_EXHAUSTED, NETWORK, TIMEOUT. Safe to share between threads.
 */
public interface ExperimentTracker {
  /**
   * Makes an experiment.
   *
   * @param name as {@link Experiment#name}
   * @throws QilinException CONFLICT if there is one of this name, put away or not; INVALID_ARGUMENT or LIMIT_EXCEEDED for what
   *     cannot be kept
   */
  Experiment createExperiment(String name, Map<String, String> tags);

  /**
   * The experiment of a name, put away or not.
   *
   * @throws QilinException INVALID_ARGUMENT if it can be no name of an experiment
   */
  Optional<Experiment> findExperiment(String name);

  /**
   * The experiment of a name, made if there is none.
   *
   * @throws QilinException CONFLICT if it is put away; INVALID_ARGUMENT if it can be no name of an experiment
   */
  default Experiment experiment(String name) {
    Optional<Experiment> found = findExperiment(name);
    if (found.isEmpty()) {
      try {
        return createExperiment(name, Map.of());
      } catch (QilinException e) {
        // Another made it since, or there is another reason not to.
        found = findExperiment(name);
        if (found.isEmpty()) {
          throw e;
        }
      }
    }
    if (found.get().deleted()) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "the experiment " + QilinException.quote(name) + " is put away; restore it");
    }
    return found.get();
  }

  /**
   * Experiments in the order of their making.
   *
   * @param size how many a page holds, 1 to {@link Page#MOST}
   * @param after the {@link Page#next} of the page before; empty for the first
   * @throws QilinException INVALID_ARGUMENT if size or after cannot be
   */
  Page<Experiment> experiments(RunQuery.View view, int size, Optional<String> after);

  /**
   * Puts an experiment away: it is left out of lists and takes no new runs. Doing it again does nothing.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none of this id
   */
  void deleteExperiment(String experiment);

  /**
   * Takes an experiment out again. Doing it again does nothing.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none of this id
   */
  void restoreExperiment(String experiment);

  /**
   * Begins a run.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such experiment, or no such parent in it; CONFLICT if one of them is
   *     put away
   */
  Run startRun(RunStart start);

  /**
   * A run as it is now, put away or not.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none of this id
   */
  Run run(String run);

  /**
   * Logs to a run, all of the batch or nothing; to one that has ended, too. A param is written once: the same value again changes
   * nothing, another is refused. Tags are overwritten.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such run; CONFLICT if it is put away, or a param has another value;
   *     LIMIT_EXCEEDED if the tracker takes no more
   */
  void log(String run, RunBatch batch);

  /**
   * Keeps a file of a run, instead of one of the same name.
   *
   * @param name as {@link RunArtifact#name}
   * @return with the digest of what is kept
   * @throws QilinException DATA_NOT_FOUND if there is no such run; CONFLICT if it is put away; LIMIT_EXCEEDED if it is too large
   */
  RunArtifact logArtifact(String run, String name, byte[] content);

  /**
   * What a run left under a name, checked against its digest.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such run or file; INVALID_ARGUMENT if it can be no name; STORE_DAMAGED if it is not what was kept;
   *     LIMIT_EXCEEDED if it is longer than the tracker gives as an array
   */
  byte[] artifact(String run, String name);

  /**
   * Ends a run. The same end again changes nothing.
   *
   * @param status not {@link RunStatus#RUNNING}
   * @param ended when, to the millisecond
   * @throws QilinException INVALID_ARGUMENT if the status is no end; DATA_NOT_FOUND if there is no such run; CONFLICT if it has
   *     ended otherwise, or is put away
   */
  void endRun(String run, RunStatus status, Instant ended);

  /**
   * Puts a run away: it is left out of lists and takes no more. Doing it again does nothing.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none of this id
   */
  void deleteRun(String run);

  /**
   * Takes a run out again. Doing it again does nothing.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none of this id
   */
  void restoreRun(String run);

  /**
   * All points of a metric of a run: by step, and those of one step as they were logged.
   *
   * @param size how many a page holds, 1 to {@link Page#MOST}
   * @param after the {@link Page#next} of the page before; empty for the first
   * @throws QilinException DATA_NOT_FOUND if there is no such run; INVALID_ARGUMENT if metric, size or after cannot be
   */
  Page<MetricPoint> history(String run, String metric, int size, Optional<String> after);

  /**
   * Finds runs.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such experiment; INVALID_ARGUMENT if {@link RunQuery#after} is of
   *     another query
   */
  Page<Run> search(RunQuery query);

  /**
   * Runs side by side.
   *
   * @param runs ids, 1 to 100
   * @throws QilinException DATA_NOT_FOUND if there is none of an id; INVALID_ARGUMENT if there are too few or too many
   */
  default RunComparison compare(List<String> runs) {
    if (runs.isEmpty() || runs.size() > 100) {
      throw QilinException.invalid("1 to 100 runs can be compared, not " + runs.size());
    }
    return new RunComparison(runs.stream().map(this::run).toList());
  }
}
