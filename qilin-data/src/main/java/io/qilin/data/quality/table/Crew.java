package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Shares work between an executor and the calling thread, which does all of it where the executor takes nothing. Work
 * that is shared gives the same results whoever does which part of it. Used by one thread at a time.
 */
final class Crew {
  private final Executor executor;
  private final int threads;
  private final JudgeOptions options;

  Crew(Executor executor, int threads, JudgeOptions options) {
    this.executor = executor;
    this.threads = threads;
    this.options = options;
  }

  /** The calling thread only. */
  static Crew alone(JudgeOptions options) {
    return new Crew(Runnable::run, 1, options);
  }

  /**
   * Does the work of the numbers {@code [0, tasks)}, each number once.
   *
   * @param tools makes what one thread works with
   * @throws QilinException CANCELLED, or what a part of the work throws
   */
  void each(int tasks, Supplier<? extends IntConsumer> tools) {
    AtomicInteger next = new AtomicInteger();
    Runnable work = () -> {
      IntConsumer tool = tools.get();
      for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
        options.requireGoingOn();
        tool.accept(task);
      }
    };
    List<Runnable> works = new ArrayList<>();
    for (int i = 0; i < Math.max(1, Math.min(threads, tasks)); i++) {
      works.add(work);
    }
    run(works, () -> next.set(tasks));
  }

  /**
   * Runs some work side by side, the first of it on the calling thread, and waits for all that was begun. What the
   * executor has not begun when the calling thread is done is left out.
   *
   * @param stop asks the others to end soon; called when one fails or the calling thread is interrupted
   */
  void run(List<Runnable> works, Runnable stop) {
    Failure failure = new Failure(stop);
    List<Shift> shifts = new ArrayList<>();
    try {
      for (Runnable work : works.subList(1, works.size())) {
        Shift shift = new Shift(work, failure);
        shifts.add(shift);
        if (!isAccepted(shift)) {
          break;
        }
      }
      failure.guard(works.get(0));
    } finally {
      shifts.forEach(Shift::finish);
    }
    failure.rethrow();
  }

  /** Whether the executor takes work; where it is full or shut down, fewer threads do the same. */
  private boolean isAccepted(Runnable work) {
    try {
      executor.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** The first failure. */
  private static final class Failure {
    private final Runnable stop;
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    Failure(Runnable stop) {
      this.stop = stop;
    }

    void guard(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        is(e);
      }
    }

    void is(Throwable e) {
      first.compareAndSet(null, e);
      stop.run();
    }

    void rethrow() {
      Throwable thrown = first.get();
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
      if (thrown != null) {
        throw (Error) thrown;
      }
    }
  }

  /** Work that the executor does, unless it comes too late. */
  private static final class Shift implements Runnable {
    private final Runnable work;
    private final Failure failure;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    Shift(Runnable work, Failure failure) {
      this.work = work;
      this.failure = failure;
    }

    @Override
    public void run() {
      if (begun.compareAndSet(false, true)) {
        try {
          failure.guard(work);
        } finally {
          ended.countDown();
        }
      }
    }

    /** Waits for what was begun, and lets nothing begin any more. */
    void finish() {
      if (begun.compareAndSet(false, true)) {
        ended.countDown();
      }
      boolean interrupted = false;
      while (ended.getCount() > 0) {
        try {
          ended.await();
        } catch (InterruptedException e) {
          interrupted = true;
          failure.is(new QilinException(
              ErrorCode.CANCELLED, "judging a table was interrupted; nothing was kept", e));
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
