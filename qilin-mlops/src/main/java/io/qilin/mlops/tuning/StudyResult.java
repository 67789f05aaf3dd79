package io.qilin.mlops.tuning;

import io.qilin.core.performance.TrialCount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a study has found so far.
 *
 * @param direction which value is better
 * @param trials all that were begun, by number, those of earlier runs too
 * @param stop why the run ended
 */
public record StudyResult(Direction direction, List<TrialResult> trials, Stop stop) {
  /** Why a run ended. */
  public enum Stop {
    /** The study has as many trials as the budget allows. */
    TRIALS,
    /** The time was over. */
    TIME,
    /** It was cancelled; trials that had not ended are run again when the study goes on. */
    CANCELLED
  }

  /** Copies the list. */
  public StudyResult {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(stop, "stop");
    trials = List.copyOf(trials);
  }

  /** The complete trial with the best value, the first of several; empty if none is complete. */
  public Optional<TrialResult> best() {
    Optional<TrialResult> best = Optional.empty();
    for (TrialResult trial : trials) {
      boolean better = trial.state() == TrialState.COMPLETE
          && (best.isEmpty()
              || direction.loss(trial.value()) < direction.loss(best.get().value()));
      if (better) {
        best = Optional.of(trial);
      }
    }
    return best;
  }

  /** How many trials are in a state. */
  public int count(TrialState state) {
    return (int) trials.stream().filter(trial -> trial.state() == state).count();
  }

  /**
   * How many were tried until the best was found, for {@link io.qilin.core.performance.DeflatedSharpe}: all of them, those that
   * failed, were stopped early or have not ended too. The variance is that of the complete trials' values, and means something
   * only if the objective is a Sharpe ratio per day; {@code NaN} with fewer than two.
   */
  public TrialCount trialCount() {
    double[] values = trials.stream()
        .filter(trial -> trial.state() == TrialState.COMPLETE)
        .mapToDouble(TrialResult::value)
        .toArray();
    return new TrialCount(Math.max(1, trials.size()), variance(values));
  }

  /** With ddof 1; not known too where the values are so large that it cannot be a number. */
  private static double variance(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    double variance = sum / (values.length - 1);
    return Double.isFinite(variance) ? variance : Double.NaN;
  }
}
