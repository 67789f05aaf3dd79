package io.qilin.ops.worker;

import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.internal.Nanos;
import io.qilin.ops.internal.PublicWords;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread with a name, an owner and an end: it does one step after another until it is closed.
 *
 * <p>A step that fails is told to the log once and tried again after a pause that grows from 100 ms to 10 s; being woken does not
 * shorten that pause. A stray interrupt costs the step or the pause that it meets. A thread that dies all the same is followed by
 * another after 100 ms, so that nothing but {@link #close} ends the work; its step counts as failed. A step does not wait for
 * input, see {@link WorkerStep}. A step that lasts longer than
 * {@code longestStep} cannot be ended by force; it makes the worker unhealthy, by name.
 *
 * <p>Safe for use by several threads: the state is behind one lock that is never held during a step.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final String name;
  private final WorkerStep step;
  private final LongSupplier ticker;
  private final long longestStepNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private @Nullable Thread thread;
  private boolean closed;
  private boolean woken;
  private boolean working;
  private long stepStarted;
  private long steps;
  private long failures;
  private long failuresInARow;
  private long restarts;
  private @Nullable String lastFailure;

  private Worker(String name, WorkerStep step, LongSupplier ticker, Duration longestStep) {
    this.name = name;
    this.step = step;
    this.ticker = ticker;
    this.longestStepNanos = Nanos.of(longestStep);
  }

  /**
   * Starts a worker.
   *
   * @param name of the thread, for example {@code qilin-config-watch}
   * @param step the work
   * @param ticker monotonic nanoseconds, for the age of a step
   * @param longestStep a step that lasts longer is a stuck one
   */
  public static Worker start(
      String name, WorkerStep step, LongSupplier ticker, Duration longestStep) {
    if (longestStep.isNegative() || longestStep.isZero()) {
      throw QilinException.invalid("longestStep must be positive, was " + longestStep);
    }
    Worker worker = new Worker(
        Objects.requireNonNull(name, "name"),
        Objects.requireNonNull(step, "step"),
        Objects.requireNonNull(ticker, "ticker"),
        longestStep);
    worker.launch(Duration.ZERO);
    return worker;
  }

  /**
   * Has the next step done now; during a step, another follows at once. After a step that failed the next one comes when its pause is
   * over, however often this is called: what is down is not asked more often because there is more for it.
   */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How it is. */
  public WorkerStatus status() {
    lock.lock();
    try {
      return new WorkerStatus(
          name,
          thread != null && thread.isAlive(),
          steps,
          failures,
          restarts,
          Optional.ofNullable(lastFailure));
    } finally {
      lock.unlock();
    }
  }

  /** HEALTHY; DEGRADED after a failed step, until one goes well; UNHEALTHY when stuck or without a thread. */
  public HealthResult health() {
    WorkerStatus now = status();
    HealthResult result;
    if (!now.alive()) {
      result =
          HealthResult.unhealthy(name + " has no thread" + (closed() ? ": it was closed" : ""));
    } else if (stuck()) {
      result = HealthResult.unhealthy(
          name + " is in one step for longer than " + Duration.ofNanos(longestStepNanos));
    } else if (now.lastFailure().isPresent()) {
      result = HealthResult.degraded(name + " failed: " + now.lastFailure().get());
    } else {
      result = HealthResult.healthy();
    }
    return result
        .with("steps", now.steps())
        .with("failures", now.failures())
        .with("restarts", now.restarts());
  }

  /**
   * Ends the work: interrupts a step under way and waits up to 5 s for it, or until the caller is interrupted, which it then is again.
   * A second call does nothing; one from the step itself does not wait.
   */
  @Override
  public void close() {
    Thread last;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      changed.signalAll();
      last = thread;
    } finally {
      lock.unlock();
    }
    if (last == null || last == Thread.currentThread()) {
      return;
    }
    last.interrupt();
    boolean interrupted = false;
    try {
      last.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (last.isAlive() && !interrupted) {
      LOG.warn("{} did not end: its step does not react to an interrupt", name);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean stuck() {
    lock.lock();
    try {
      return working && ticker.getAsLong() - stepStarted > longestStepNanos;
    } finally {
      lock.unlock();
    }
  }

  private void launch(Duration pause) {
    Thread next = new Thread(() -> work(pause), name);
    next.setDaemon(true);
    lock.lock();
    try {
      if (closed) {
        return;
      }
      thread = next;
      next.start();
    } finally {
      lock.unlock();
    }
  }

  private void work(Duration pause) {
    boolean asked = false;
    try {
      Duration wait = pause;
      while (await(wait)) {
        wait = once();
      }
      asked = true;
    } finally {
      if (!asked) {
        succeed();
      }
    }
  }

  /** A dying thread leaves the work to another. */
  private void succeed() {
    lock.lock();
    try {
      restarts++;
      if (working) {
        working = false;
        failures++;
        failuresInARow++;
        lastFailure = "its thread ended in a step";
      }
    } finally {
      lock.unlock();
    }
    launch(FIRST_PAUSE);
  }

  /** Waits; a stray interrupt ends the waiting, and being woken does unless a step failed. False once the worker is closed. */
  private boolean await(Duration pause) {
    long left = Nanos.of(pause);
    lock.lock();
    try {
      while (!closed && !(woken && failuresInARow == 0) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stray) {
      LOG.debug("{} was interrupted while it waited", name);
    } finally {
      woken = false;
      lock.unlock();
    }
    return !closed();
  }

  private Duration once() {
    begin();
    try {
      Duration next = Objects.requireNonNull(step.run(), "the pause that the step gives");
      went();
      return next.isNegative() ? Duration.ZERO : next;
    } catch (InterruptedException stray) {
      return failed(stray);
    } catch (RuntimeException
        | LinkageError
        | AssertionError
        | StackOverflowError
        | OutOfMemoryError e) {
      return failed(e);
    }
  }

  private void begin() {
    long now = ticker.getAsLong();
    lock.lock();
    try {
      working = true;
      stepStarted = now;
    } finally {
      lock.unlock();
    }
  }

  private void went() {
    lock.lock();
    try {
      working = false;
      steps++;
      failuresInARow = 0;
      lastFailure = null;
    } finally {
      lock.unlock();
    }
  }

  private Duration failed(Throwable why) {
    long inARow;
    lock.lock();
    try {
      working = false;
      if (closed) {
        return Duration.ZERO;
      }
      failures++;
      inARow = ++failuresInARow;
      lastFailure = PublicWords.of(why);
    } finally {
      lock.unlock();
    }
    if (inARow == 1) {
      LOG.warn("{} failed and tries again", name, why);
    } else {
      LOG.debug("{} failed for the {}th time in a row", name, inARow, why);
    }
    long factor = 1L << Math.min(inARow - 1, 10);
    Duration pause = FIRST_PAUSE.multipliedBy(factor);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
