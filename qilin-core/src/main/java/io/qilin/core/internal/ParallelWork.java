package io.qilin.core.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does numbered pieces of work on an executor and on the calling thread, which takes its share: an executor without a
 * free thread slows the work down and cannot block it. Each piece is done by one thread; whoever is free takes the next.
 */
public final class ParallelWork {
  private final int pieces;
  private final IntConsumer work;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch undone;

  private ParallelWork(int pieces, IntConsumer work) {
    this.pieces = pieces;
    this.work = work;
    this.undone = new CountDownLatch(pieces);
  }

  /**
   * Does all pieces, 0 to pieces - 1, or throws the first failure of one.
   *
   * @throws QilinException CANCELLED if the calling thread is interrupted; RESOURCE_EXHAUSTED if the executor refuses
   */
  public static void run(int pieces, Executor executor, IntConsumer work) {
    ParallelWork run = new ParallelWork(pieces, work);
    int helpers = Math.min(pieces, Runtime.getRuntime().availableProcessors()) - 1;
    try {
      for (int i = 0; i < helpers; i++) {
        executor.execute(run::takePieces);
      }
    } catch (RejectedExecutionException refused) {
      run.fail(
          new QilinException(ErrorCode.RESOURCE_EXHAUSTED, "the executor takes no work", refused));
    }
    run.takePieces();
    run.await();
  }

  private void takePieces() {
    for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
      try {
        if (failure.get() == null) {
          work.accept(piece);
        }
      } catch (Throwable t) {
        fail(t);
      } finally {
        undone.countDown();
      }
    }
  }

  private void fail(Throwable t) {
    failure.compareAndSet(null, t);
  }

  /** Waits for the pieces that other threads are at, and throws what went wrong. */
  private void await() {
    try {
      undone.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      QilinException stopped = new QilinException(
          ErrorCode.CANCELLED, "the calling thread was interrupted", interrupted);
      fail(stopped);
      throw stopped;
    }
    Throwable t = failure.get();
    if (t instanceof RuntimeException e) {
      throw e;
    }
    if (t instanceof Error e) {
      throw e;
    }
  }
}
