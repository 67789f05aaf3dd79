package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls the host's code up to three times, on an executor of the host with a deadline if there is one.
 *
 * <p>A call that is given up may go on and keep its thread. So after one, and at first, a probe is
 * given to the executor before a message is taken: if that does not begin within the deadline, or eight calls that were given up still run, the
 * handlers are stalled. The pipeline then takes no message and tells no window, so that none is set aside for the fault of
 * another.
 */
final class HandlerCall {
  private static final int TRIES = 3;
  private static final int MOST_HANGING = 8;
  private static final String NOT_BEGUN = "the executor did not begin the handler";

  private final @Nullable Executor executor;
  private final long deadlineNanos;
  private final HandlerWaiting waiting;

  /** The calls that run; between two calls, those that were given up. */
  private final AtomicInteger running = new AtomicInteger();

  /** Whether the executor has not begun anything yet, or not since a call was not ended in time. */
  private boolean suspect = true;

  private @Nullable HandlerTask<Boolean> probe;

  /** Whether a probe may be waited for once more. */
  private boolean patient = true;

  private String reason = "";

  HandlerCall(@Nullable Executor executor, Duration deadline, HandlerWaiting waiting) {
    this.executor = executor;
    this.deadlineNanos = deadline.toNanos();
    this.waiting = waiting;
  }

  /** The host's code could not do it; what is left is to set the message aside. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean timeout;

    Refused(boolean timeout, String message, Throwable cause) {
      super(message, cause);
      this.timeout = timeout;
    }

    boolean timeout() {
      return timeout;
    }

    String text() {
      String text = getMessage();
      return text == null ? "" : text;
    }
  }

  /** The executor was too busy to begin a call, which never will; so it may be made once more. */
  private static final class NotBegun extends Exception {
    private static final long serialVersionUID = 1L;

    NotBegun(String message) {
      super(message);
    }
  }

  /** Whether calls are made on another thread than that of the pipeline. */
  boolean elsewhere() {
    return executor != null;
  }

  /**
   * Calls.
   *
   * @throws Refused if the third try failed or was not begun in time, or one did not end in time, which is not tried again, as
   *     it may still run; at once with a {@link SinkAway} as its cause
   * @throws QilinException CANCELLED if the thread is interrupted meanwhile, so that nothing is set aside for it
   */
  <R> R call(Callable<R> work) throws Refused {
    return call(work, TRIES);
  }

  /** Calls as {@link #call(Callable)}, with so many tries. */
  <R> R call(Callable<R> work, int most) throws Refused {
    for (int tries = 1; ; tries++) {
      try {
        return once(work);
      } catch (InterruptedException e) {
        throw interrupted(e);
      } catch (NotBegun e) {
        if (tries == most) {
          suspect = true;
          throw new Refused(true, String.valueOf(e.getMessage()), e);
        }
      } catch (TimeoutException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw interrupted(e);
        }
        suspect = true;
        throw new Refused(true, String.valueOf(e.getMessage()), e);
      } catch (Exception e) {
        if (Thread.currentThread().isInterrupted()) {
          throw interrupted(e);
        }
        if (tries == most || e instanceof SinkAway) {
          throw new Refused(false, most + " tries failed, the last with " + e, e);
        }
      }
    }
  }

  private <R> R once(Callable<R> work) throws Exception {
    Executor own = executor;
    if (own == null) {
      return work.call();
    }
    HandlerTask<R> task = new HandlerTask<>(work, running);
    try {
      task.start(own);
      return waiting.get(task, deadlineNanos);
    } catch (TimeoutException e) {
      task.cancel(true);
      if (e.getMessage() != null) {
        throw e;
      }
      if (!task.begun()) {
        throw new NotBegun(NOT_BEGUN + within());
      }
      TimeoutException told = new TimeoutException("the handler did not end" + within());
      told.initCause(e);
      throw told;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Exception failure) {
        throw failure;
      }
      throw e;
    } finally {
      task.cancel(true);
    }
  }

  private String within() {
    return " within " + Duration.ofNanos(deadlineNanos) + ", and " + running.get()
        + " calls are still running";
  }

  private static QilinException interrupted(Exception e) {
    Thread.currentThread().interrupt();
    return new QilinException(
        ErrorCode.CANCELLED, "the thread was interrupted while it called a handler", e);
  }

  /** Begins a step, in which the executor may be waited for once more. */
  void begin() {
    patient = true;
  }

  /**
   * Whether the executor begins what it is given. It waits for the deadline at most, and once in vain in a step.
   *
   * @throws QilinException CANCELLED if the thread is interrupted meanwhile
   */
  boolean ready() {
    return !suspect || probed();
  }

  private boolean probed() {
    Executor own = executor;
    if (own == null) {
      return true;
    }
    if (running.get() >= MOST_HANGING) {
      reason = "the handlers have as many calls that hang as they may have, " + MOST_HANGING;
      return false;
    }
    HandlerTask<Boolean> sent = probe;
    try {
      if (sent == null) {
        sent = new HandlerTask<>(() -> true, new AtomicInteger());
        sent.start(own);
        probe = sent;
      }
      suspect = !waiting.get(sent, patient ? deadlineNanos : 0);
      probe = null;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (TimeoutException e) {
      patient = false;
      reason = e.getMessage() != null ? e.getMessage() : NOT_BEGUN + within();
    } catch (ExecutionException e) {
      throw new QilinException(ErrorCode.UNKNOWN, "the probe of the executor failed", e);
    }
    return !suspect;
  }

  /** What is thrown when the executor is not {@link #ready}. */
  QilinException stalled() {
    return new QilinException(
        ErrorCode.TIMEOUT,
        reason + "; nothing is lost, the next message waits in its source: run the pipeline again"
            + " when they have ended, or another one over the last checkpoint; give the executor"
            + " more threads, and let handlers end when they are interrupted");
  }
}
