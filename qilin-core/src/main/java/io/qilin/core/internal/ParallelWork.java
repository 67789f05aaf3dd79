package io.qilin.core.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does numbered pieces of work on an executor and on the calling thread, which takes its share: an executor without a
 * free thread slows the work down and cannot block it. Each piece is done by one thread; whoever is free takes the next.
 * When the call ends, in whatever way, no thread is at a piece any more.
 */
public final class ParallelWork {
  private final int pieces;
  private final Piece work;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch undone;

  /** What is to be done with each piece. */
  @FunctionalInterface
  public interface Piece {
    /**
     * Does one piece.
     *
     * @param number 0 to pieces - 1
     * @param abandoned true once another piece has failed: a long piece may end early, as nobody will use it
     */
    void run(int number, BooleanSupplier abandoned);
  }

  private ParallelWork(int pieces, Piece work) {
    this.pieces = pieces;
    this.work = work;
    this.undone = new CountDownLatch(pieces);
  }

  /**
   * Does all pieces, 0 to pieces - 1, or throws the first failure of one.
   *
   * @throws QilinException CANCELLED if the calling thread is interrupted while it waits for others; RESOURCE_EXHAUSTED if the
   *     executor refuses; PROVIDER if it fails
   */
  public static void run(int pieces, Executor executor, IntConsumer work) {
    run(pieces, executor, (number, abandoned) -> work.accept(number));
  }

  /** The same for long pieces. */
  public static void run(int pieces, Executor executor, Piece work) {
    ParallelWork run = new ParallelWork(pieces, work);
    int helpers = Math.min(pieces, Runtime.getRuntime().availableProcessors()) - 1;
    try {
      for (int i = 0; i < helpers; i++) {
        executor.execute(run::takePieces);
      }
    } catch (RejectedExecutionException refused) {
      run.fail(
          new QilinException(ErrorCode.RESOURCE_EXHAUSTED, "the executor takes no work", refused));
    } catch (RuntimeException broken) {
      run.fail(new QilinException(
          ErrorCode.PROVIDER,
          "the executor failed: " + QilinException.quote(broken.toString())
              + "; give one that takes work or refuses it",
          broken));
    } catch (Error error) {
      run.fail(error);
    }
    run.takePieces();
    run.await();
  }

  private void takePieces() {
    for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
      try {
        if (failure.get() == null) {
          work.run(piece, () -> failure.get() != null);
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

  /** Waits for the pieces that other threads are at, also when interrupted, and throws what went wrong. */
  private void await() {
    boolean interrupted = false;
    while (undone.getCount() > 0) {
      try {
        undone.await();
      } catch (InterruptedException e) {
        interrupted = true;
        fail(new QilinException(ErrorCode.CANCELLED, "the calling thread was interrupted", e));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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
