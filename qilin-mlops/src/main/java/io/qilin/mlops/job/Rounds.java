package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the jobs of this process, again and again: gives a sign of life, sees to those whose time is up or that are to be
 * cancelled, writes what bodies told, begins what waits, wakes subscribers. A step that fails does not keep the others from
 * being done. Only one round is under way at a time; the ends of bodies come in between, on their own threads.
 */
final class Rounds implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final JobStore store;
  private final JobThreads threads;
  private final Clock clock;
  private final LongSupplier ticker;
  private final JobSettings settings;
  private final Map<String, JobBody> bodies;
  private final EventFeed feed;
  private final RunSaver saver;
  private final Lease lease;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean woken = new AtomicBoolean();
  /** Those whose threads are inside a body, or whose ends are not written. */
  private final Set<Run> runs = ConcurrentHashMap.newKeySet();

  private volatile @Nullable String trouble;
  private volatile boolean closing;
  private @Nullable Future<?> schedule;

  Rounds(
      JobStore store,
      JobThreads threads,
      Clock clock,
      LongSupplier ticker,
      JobSettings settings,
      Map<String, JobBody> bodies,
      EventFeed feed) {
    this.store = store;
    this.threads = threads;
    this.clock = clock;
    this.ticker = ticker;
    this.settings = settings;
    this.bodies = Map.copyOf(bodies);
    this.feed = feed;
    saver = new RunSaver(store, clock);
    lease = new Lease(store, settings, ticker.getAsLong());
  }

  void begin() {
    long nanos = settings.round().toNanos();
    try {
      schedule = threads.rounds().scheduleWithFixedDelay(this, 0, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      lease.leave(clock.millis());
      throw new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "the executor of the rounds takes no work; give one that is not shut down",
          e);
    }
  }

  /** Asks for a round now, on the thread of the rounds. */
  void wake() {
    if (woken.getAndSet(true)) {
      return;
    }
    try {
      threads.rounds().execute(this);
    } catch (RejectedExecutionException e) {
      LOG.warn("the executor of the rounds takes no work: jobs are not begun", e);
    }
  }

  @Override
  public void run() {
    lock.lock();
    try {
      woken.set(false);
      if (!closing) {
        round();
      }
    } catch (RuntimeException | Error e) {
      // A schedule ends with the first exception, and nothing would look after the jobs any more.
      LOG.warn("a round of the job service failed: its ticker or clock is broken", e);
      trouble = e.toString();
    } finally {
      lock.unlock();
    }
  }

  JobCapacity capacity() {
    int lost = 0;
    int running = 0;
    for (Run run : runs) {
      if (run.isSettled()) {
        lost += run.left().isDone() ? 0 : 1;
      } else {
        running++;
      }
    }
    return new JobCapacity(
        settings.parallelism(), running, lost, feed.size(), Optional.ofNullable(trouble));
  }

  void close() {
    lock.lock();
    try {
      if (closing) {
        return;
      }
      closing = true;
      if (schedule != null) {
        schedule.cancel(false);
      }
      new Closing(runs, settings.grace()).await();
      List<String> failed = new ArrayList<>();
      for (Run run : runs) {
        if (run.withdraw()) {
          step(failed, () -> store.release(run.claim(), clock.millis()));
        }
        run.settle(Closing.outcome(run));
      }
      step(failed, () -> runs.forEach(saver::save));
      step(failed, () -> lease.leave(clock.millis()));
      failed.forEach(why -> LOG.warn(
          "the job service could not write at its end, others will see to its jobs: {}", why));
    } finally {
      lock.unlock();
    }
  }

  private void round() {
    List<String> failed = new ArrayList<>();
    long now = ticker.getAsLong();
    step(failed, () -> renew(now));
    step(failed, () -> lease.watch(now, clock.millis()));
    step(failed, () -> heedCancels(now));
    runs.forEach(run -> giveUp(run, now));
    for (Run run : runs) {
      step(failed, () -> write(run));
    }
    step(failed, () -> claim(now));
    step(failed, feed::round);
    report(failed);
  }

  private void renew(long now) {
    if (!lease.renew(now)) {
      LOG.warn("this process was taken for dead or could not write for too long: its jobs stop");
      for (Run run : runs) {
        run.settle(null);
        run.stop();
        forgetIfLeft(run);
      }
    }
  }

  private void heedCancels(long now) {
    if (runs.isEmpty() || lease.owner() == 0) {
      return;
    }
    Set<Long> asked = store.cancelRequested(lease.owner());
    for (Run run : runs) {
      if (asked.contains(run.claim().id()) && run.claim().owner() == lease.owner()) {
        run.requestCancel(now);
      }
    }
  }

  private void giveUp(Run run, long now) {
    Outcome outcome = null;
    if (run.ignoresCancel(now, settings.grace().toNanos())) {
      outcome = Outcome.CANCELLED;
    } else if (run.isLate(now)) {
      outcome = Outcome.failed(
          ErrorCode.TIMEOUT,
          "the run took longer than " + run.claim().request().timeout()
              + "; give the request a longer timeout, or the body less to do");
    }
    if (outcome != null && run.settle(outcome)) {
      run.stop();
    }
  }

  private void write(Run run) {
    if (run.isSettled()) {
      saver.save(run);
      forgetIfLeft(run);
    } else if (!saver.note(run) && run.settle(null)) {
      run.stop();
    }
  }

  private void claim(long now) {
    int free = settings.parallelism() - runs.size();
    if (free <= 0
        || bodies.isEmpty()
        || lease.owner() == 0
        || !store.somethingWaits(bodies.keySet())) {
      return;
    }
    Set<Long> busy = new HashSet<>();
    runs.forEach(run -> busy.add(run.claim().id()));
    List<Claim> claims = store.claim(lease.owner(), bodies.keySet(), busy, free, clock.millis());
    for (Claim claim : claims) {
      start(claim, now);
    }
  }

  private void start(Claim claim, long now) {
    JobBody body = bodies.get(claim.request().kind());
    if (body == null) {
      store.release(claim, clock.millis());
      return;
    }
    Run run = new Run(claim, body, new Notes(settings.keptEvents()), clock, now, this::bodyEnded);
    runs.add(run);
    try {
      threads.bodies().execute(run);
    } catch (RejectedExecutionException e) {
      LOG.warn("the executor of the bodies takes no work: job {} goes back", claim.id(), e);
      runs.remove(run);
      store.release(claim, clock.millis());
    }
  }

  /** On the body's thread. */
  private void bodyEnded(Run run, Outcome outcome) {
    if (run.settle(closing ? Closing.outcome(run, outcome) : outcome)) {
      List<String> failed = new ArrayList<>();
      step(failed, () -> saver.save(run));
      report(failed);
    }
    run.left().complete(true);
    forgetIfLeft(run);
    if (!closing) {
      wake();
    }
  }

  private void forgetIfLeft(Run run) {
    if (run.left().isDone() && run.unsaved() == null && run.isSettled()) {
      runs.remove(run);
    }
  }

  /** What goes wrong in one step is told and tried again in the next round. */
  private void step(List<String> failed, Runnable step) {
    try {
      step.run();
    } catch (QilinException e) {
      failed.add(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.warn("a round of the job service failed in a way that was not foreseen", e);
      failed.add(e.toString());
    }
  }

  /** Once when it begins, not each time. */
  private void report(List<String> failed) {
    String before = trouble;
    if (failed.isEmpty()) {
      trouble = null;
    } else {
      trouble = failed.get(0);
      if (before == null) {
        LOG.warn("the job service cannot use its store, it tries again: {}", failed.get(0));
      }
    }
  }
}
