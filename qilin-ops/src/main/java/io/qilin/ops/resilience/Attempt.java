package io.qilin.ops.resilience;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt on the executor. It keeps its place until it ends, however long after it was given up, so that what hangs holds no
 * more threads than there are places. Ended or given up, whichever comes first is told to the breaker, once: both happen under
 * the lock of the attempt.
 */
final class Attempt<T> implements Runnable, Work.Link {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
  private static final int PIECES = 1024;

  private final Gate gate;
  private final Terms terms;
  private final Wording wording;
  private final Work<T> work;
  private final BlockingQueue<Runnable> inbox;
  private final boolean hedge;
  private final boolean probe;
  private final long begun;
  private final Object lock = new Object();

  /** How many pieces may wait for the thread that runs them; an attempt that is faster stands still until they are run. */
  private final Semaphore room = new Semaphore(PIECES);

  private @Nullable Thread runner;
  private boolean started;
  private boolean givenUp;
  private @Nullable Runnable whenGivenUp;

  /** Written before {@link #ended} is posted to the inbox, read after it was taken from there. */
  private @Nullable T value;

  private @Nullable QilinException error;
  private @Nullable Error broken;
  private boolean ended;

  Attempt(
      Gate gate,
      Terms terms,
      Wording wording,
      Work<T> work,
      BlockingQueue<Runnable> inbox,
      boolean hedge) {
    this.gate = gate;
    this.terms = terms;
    this.wording = wording;
    this.work = work;
    this.inbox = inbox;
    this.hedge = hedge;
    this.probe = gate.probes(terms);
    this.begun = gate.ticker().getAsLong();
  }

  boolean hedge() {
    return hedge;
  }

  boolean ended() {
    return ended;
  }

  /** Whether it has an answer. */
  boolean good() {
    return value != null;
  }

  T answer() {
    return Objects.requireNonNull(value, "value");
  }

  @Nullable
  QilinException error() {
    return error;
  }

  @Nullable
  Error broken() {
    return broken;
  }

  @Override
  public void run() {
    synchronized (lock) {
      if (givenUp) {
        return;
      }
      started = true;
      runner = Thread.currentThread();
    }
    T answer = null;
    QilinException failure = null;
    Error fault = null;
    try {
      answer = work.attempt(this);
      failure = answer == null ? gate.nothing(wording) : null;
    } catch (InterruptedException e) {
      failure = gate.interrupted(e);
    } catch (Exception e) {
      failure = gate.typed(e, wording);
    } catch (Error e) {
      fault = e;
    }
    end(answer, failure, fault);
  }

  private void end(@Nullable T answer, @Nullable QilinException failure, @Nullable Error fault) {
    long nanos = gate.ticker().getAsLong() - begun;
    synchronized (lock) {
      runner = null;
      gate.leave(terms);
      if (givenUp) {
        // The interrupt was meant for the attempt, not for what the thread does next.
        Thread.interrupted();
        if (fault != null) {
          LOG.warn("a call that was given up ended with an error", fault);
        }
        return;
      }
      if (fault != null) {
        gate.against(terms, probe, nanos, fault);
      } else if (failure != null) {
        gate.failed(terms, probe, nanos, failure);
      } else {
        gate.wentWell(terms, probe, nanos);
      }
      value = answer;
      error = failure;
      broken = fault;
    }
    inbox.add(() -> ended = true);
  }

  /**
   * Nobody waits for it any more. One that has not begun never does, and is of no account.
   *
   * @param late whether it took too long
   * @return whether it had begun
   */
  boolean giveUp(boolean late) {
    boolean begunBefore;
    Runnable then;
    synchronized (lock) {
      begunBefore = started;
      if (givenUp || value != null || error != null || broken != null) {
        return begunBefore;
      }
      givenUp = true;
      if (late && started) {
        gate.against(
            terms, probe, gate.ticker().getAsLong() - begun, new TimeoutException(gate.name()));
      } else {
        gate.forgotten(terms, probe);
      }
      if (!started) {
        gate.leave(terms);
      }
      if (runner != null) {
        runner.interrupt();
      }
      then = whenGivenUp;
    }
    if (then != null) {
      then.run();
    }
    return begunBefore;
  }

  /** Takes back what the executor would not run; false if it runs all the same, or has. */
  boolean withdraw() {
    synchronized (lock) {
      if (started) {
        return false;
      }
      givenUp = true;
      gate.forgotten(terms, probe);
      gate.leave(terms);
      return true;
    }
  }

  @Override
  public void relay(Runnable piece) throws InterruptedException {
    synchronized (lock) {
      if (givenUp) {
        return;
      }
    }
    room.acquire();
    inbox.add(() -> {
      room.release();
      piece.run();
    });
  }

  @Override
  public void whenGivenUp(Runnable then) {
    boolean already;
    synchronized (lock) {
      whenGivenUp = then;
      already = givenUp;
    }
    if (already) {
      then.run();
    }
  }
}
