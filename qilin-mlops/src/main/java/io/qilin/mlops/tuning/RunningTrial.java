package io.qilin.mlops.tuning;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.internal.StoredText;
import java.util.Optional;

/** One trial on the thread that evaluates it. */
final class RunningTrial implements Trial {
  private static final int LONGEST_FAILURE = 4_000;

  private final StoredTrial begun;
  private final long seed;
  private final Cancellation cancellation;
  private final PruneJudge judge;
  private final Reports reports = new Reports();
  private boolean stopped;

  RunningTrial(StoredTrial begun, long seed, Cancellation cancellation, PruneJudge judge) {
    this.begun = begun;
    this.seed = seed;
    this.cancellation = cancellation;
    this.judge = judge;
  }

  @Override
  public int number() {
    return begun.number();
  }

  @Override
  public TrialValues values() {
    return begun.values();
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public boolean report(long step, double value) {
    reports.add(step, value);
    stopped = stopped || judge.stops(reports);
    return !stopped;
  }

  /** Evaluates it; empty if it was cancelled, and is to be run again. */
  Optional<StoredTrial> evaluate(Objective objective) {
    if (cancellation.isCancelled()) {
      return Optional.empty();
    }
    try {
      double value = objective.evaluate(this);
      if (stopped) {
        return Optional.of(ended(TrialState.PRUNED, reports.last(), ""));
      }
      return Optional.of(
          Double.isFinite(value)
              ? ended(TrialState.COMPLETE, value, "")
              : ended(TrialState.FAILED, Double.NaN, "the objective gave " + value));
    } catch (Throwable e) {
      if (wasCancelled(e)) {
        return Optional.empty();
      }
      String why = e.getClass().getName() + ": " + StoredText.message(e, LONGEST_FAILURE);
      return Optional.of(ended(TrialState.FAILED, Double.NaN, why));
    }
  }

  /** An interrupt asks the whole study to stop; the thread's owner is told of it. */
  private boolean wasCancelled(Throwable e) {
    if (e instanceof InterruptedException) {
      cancellation.cancel();
      Thread.currentThread().interrupt();
      return true;
    }
    return cancellation.isCancelled()
        && e instanceof QilinException known
        && known.code() == ErrorCode.CANCELLED;
  }

  private StoredTrial ended(TrialState state, double value, String failure) {
    return begun.ended(state, value, failure, reports);
  }
}
