package io.qilin.mlops.tuning;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Trials that run beside each other. All have ended when {@link #run} returns or throws. */
final class TrialBatch {
  private final List<RunningTrial> trials;
  private final Objective objective;
  private final Journal journal;
  private final List<StoredTrial> ended = new ArrayList<>();
  private @Nullable RuntimeException failure;

  TrialBatch(List<RunningTrial> trials, Objective objective, Journal journal) {
    this.trials = trials;
    this.objective = objective;
    this.journal = journal;
  }

  /**
   * Runs them; gives those that ended, in no order.
   *
   * @param cancellation is switched on if the waiting thread is interrupted
   */
  void run(Executor executor, Cancellation cancellation) {
    CountDownLatch left = new CountDownLatch(trials.size());
    for (RunningTrial trial : trials) {
      try {
        executor.execute(() -> {
          try {
            one(trial);
          } finally {
            left.countDown();
          }
        });
      } catch (RejectedExecutionException e) {
        fail(new QilinException(
            ErrorCode.RESOURCE_EXHAUSTED,
            "the executor takes no more trials; give one that queues a whole batch",
            e));
        left.countDown();
      }
    }
    await(left, cancellation);
  }

  synchronized List<StoredTrial> ended() {
    return List.copyOf(ended);
  }

  /** What kept a trial from being begun or kept; those that were kept are among the ended. */
  synchronized void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private void one(RunningTrial trial) {
    try {
      Optional<StoredTrial> result = trial.evaluate(objective);
      if (result.isPresent()) {
        journal.end(result.get());
        keep(result.get());
      }
    } catch (RuntimeException e) {
      fail(e);
    } catch (Error e) {
      fail(new QilinException(ErrorCode.SYSTEM, "the end of a trial could not be kept: " + e, e));
    }
  }

  private synchronized void keep(StoredTrial trial) {
    ended.add(trial);
  }

  private synchronized void fail(RuntimeException e) {
    if (failure == null) {
      failure = e;
    }
  }

  private static void await(CountDownLatch left, Cancellation cancellation) {
    boolean interrupted = false;
    while (true) {
      try {
        left.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        cancellation.cancel();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
