package io.qilin.mlops.tuning;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.internal.StoredText;
import io.qilin.mlops.store.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A search for the values with which an objective is best.
 *
 * <p>Trials are found in batches of a fixed size: what is found for trial n hangs on the seed, on n, on the trials of the batches
 * before, and on the values (not the outcomes) of those before it in its own batch. So the same objective gives the same study,
 * bit for bit, with any number of threads, in one run or in many, killed in between or not. The price is that a batch waits for
 * its slowest trial. (Math.exp and Math.log may differ in the last bit between machines of different kind.)
 *
 * <p>A study in a {@link Database} keeps each trial when it begins and when it ends. One that goes on after a crash runs the
 * trials again that had not ended. Safe to share between threads; one run at a time.
 */
public final class Study {
  private static final int LONGEST_NAME = 256;

  private final StudySettings settings;
  private final Proposer proposer;
  private final Journal journal;
  private final ReentrantLock running = new ReentrantLock();
  /** By number, without gaps; guarded by itself. */
  private final TreeMap<Integer, StoredTrial> trials = new TreeMap<>();

  private Study(SearchSpace space, StudySettings settings, Journal journal) {
    this.settings = settings;
    this.journal = journal;
    proposer = new Proposer(space, settings);
    for (StoredTrial trial : journal.load()) {
      if (trial.number() != trials.size()) {
        throw new QilinException(
            ErrorCode.STORE_DAMAGED,
            "the study has no trial " + trials.size() + ", but one of number " + trial.number()
                + "; restore a backup");
      }
      trials.put(trial.number(), trial);
    }
  }

  /** A study that ends with this object. */
  public static Study inMemory(SearchSpace space, StudySettings settings) {
    return new Study(
        Objects.requireNonNull(space, "space"),
        Objects.requireNonNull(settings, "settings"),
        new MemoryJournal());
  }

  /**
   * Begins a study in a database, or goes on with the one of this name; who had it open before can write nothing more.
   *
   * @param name 1 to 256 characters
   * @param clock tells when it was begun
   * @throws QilinException CONFLICT if it was begun with another space or other settings; INVALID_ARGUMENT for a name that cannot
   *     be kept; as {@link Database#write}
   */
  public static Study open(
      Database database, String name, SearchSpace space, StudySettings settings, Clock clock) {
    boolean kept = !name.isBlank()
        && name.length() <= LONGEST_NAME
        && StoredText.fault(name, 0, name.length()) < 0;
    if (!kept) {
      throw QilinException.invalid("a study's name has 1 to " + LONGEST_NAME
          + " characters that a store can keep, was " + QilinException.quote(name));
    }
    return new Study(
        space, settings, StoredJournal.open(database, name, space, settings, clock.millis()));
  }

  /**
   * Goes on until the budget is used up.
   *
   * @param objective is called on the executor's threads
   * @param budget looked at between batches
   * @param executor runs the trials of a batch beside each other; {@code Runnable::run} one after the other
   * @param ticker nanoseconds that never go back, such as {@code System::nanoTime}
   * @param cancellation ends the run when the trials that run have heeded it; switched on too if this thread, or one of a trial,
   *     is interrupted
   * @throws QilinException CONFLICT if a run of this object is under way, or the study was opened again elsewhere;
   *     RESOURCE_EXHAUSTED if the executor takes no trial; as {@link Database#write}. Trials that ended before are kept
   */
  public StudyResult run(
      Objective objective,
      TrialBudget budget,
      Executor executor,
      LongSupplier ticker,
      Cancellation cancellation) {
    Objects.requireNonNull(objective, "objective");
    Objects.requireNonNull(executor, "executor");
    if (running.isHeldByCurrentThread() || !running.tryLock()) {
      throw new QilinException(
          ErrorCode.CONFLICT, "this study runs already; wait for it, or cancel it");
    }
    try {
      long begun = ticker.getAsLong();
      while (true) {
        if (cancellation.isCancelled()) {
          return result(StudyResult.Stop.CANCELLED);
        }
        List<StoredTrial> next = next(budget.trials());
        if (next.isEmpty()) {
          return result(StudyResult.Stop.TRIALS);
        }
        if (ticker.getAsLong() - begun >= budget.time().toNanos()) {
          return result(StudyResult.Stop.TIME);
        }
        run(next, objective, executor, cancellation);
      }
    } finally {
      running.unlock();
    }
  }

  /** All trials that were begun, by number. */
  public List<TrialResult> trials() {
    return snapshot().stream().map(StoredTrial::result).toList();
  }

  private void run(
      List<StoredTrial> next, Objective objective, Executor executor, Cancellation cancellation) {
    List<StoredTrial> fresh =
        next.stream().filter(trial -> !isKnown(trial.number())).toList();
    if (!fresh.isEmpty()) {
      journal.begin(fresh);
      keep(fresh);
    }
    int first = firstOfBatch(next.get(0).number());
    PruneJudge judge =
        new PruneJudge(settings.pruner(), settings.direction(), snapshot().subList(0, first));
    List<RunningTrial> trying = new ArrayList<>();
    for (StoredTrial trial : next) {
      trying.add(new RunningTrial(
          trial, Seeds.ofTrial(settings.seed(), trial.number()), cancellation, judge));
    }
    TrialBatch batch = new TrialBatch(trying, objective, journal);
    batch.run(executor, cancellation);
    keep(batch.ended());
    batch.throwFailure();
  }

  /** The trials of the first batch that is not whole which have not ended, up to a number. */
  private List<StoredTrial> next(int limit) {
    List<StoredTrial> known = snapshot();
    int open = 0;
    while (open < known.size() && known.get(open).state() != TrialState.RUNNING) {
      open++;
    }
    int first = firstOfBatch(open);
    int end = Math.min(limit, first + settings.batch());
    List<StoredTrial> before = known.subList(0, Math.min(first, known.size()));
    List<StoredTrial> beside = new ArrayList<>();
    List<StoredTrial> next = new ArrayList<>();
    for (int number = first; number < end; number++) {
      StoredTrial trial = number < known.size()
          ? known.get(number)
          : StoredTrial.begun(number, proposer.propose(number, before, beside));
      beside.add(StoredTrial.begun(number, trial.values()));
      if (trial.state() == TrialState.RUNNING) {
        next.add(trial);
      }
    }
    return next;
  }

  private int firstOfBatch(int number) {
    return number / settings.batch() * settings.batch();
  }

  private boolean isKnown(int number) {
    synchronized (trials) {
      return trials.containsKey(number);
    }
  }

  private void keep(Collection<StoredTrial> some) {
    synchronized (trials) {
      some.forEach(trial -> trials.put(trial.number(), trial));
    }
  }

  private List<StoredTrial> snapshot() {
    synchronized (trials) {
      return List.copyOf(trials.values());
    }
  }

  private StudyResult result(StudyResult.Stop stop) {
    return new StudyResult(settings.direction(), trials(), stop);
  }
}
