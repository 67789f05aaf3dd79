package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of one member on the caller's executor. What comes of it is put into a queue. The task gives back its place
 * in the member when it has really ended, also long after it was given up.
 *
 * @param <T> the answer
 */
final class Flight<T> {
  /**
   * What came of a call.
   *
   * @param <T> the answer
   * @param flight the call
   * @param value the answer, if it is one
   * @param wrong what is wrong with the answer
   * @param error what was thrown
   * @param at when, by the ticker
   */
  record Landing<T>(
      Flight<T> flight,
      @Nullable T value,
      Optional<String> wrong,
      @Nullable QilinException error,
      long at) {}

  private final Member member;
  private final CallGuard.Pass pass;
  private final int number;
  private final long startedAt;
  private final FutureTask<Boolean> task;
  private final AtomicBoolean left = new AtomicBoolean();
  private volatile boolean begun;

  Flight(
      Member member,
      CallGuard.Pass pass,
      int number,
      long startedAt,
      Ask<T> ask,
      AnswerCheck check,
      LongSupplier ticker,
      BlockingQueue<Landing<T>> landings) {
    this.member = member;
    this.pass = pass;
    this.number = number;
    this.startedAt = startedAt;
    this.task = new FutureTask<>(() -> landings.add(fly(ask, check, ticker)), true);
  }

  private Landing<T> fly(Ask<T> ask, AnswerCheck check, LongSupplier ticker) {
    begun = true;
    try {
      T value = ask.call(member.source());
      Optional<String> wrong = ask.wrong(value, check);
      return new Landing<>(this, value, wrong, null, ticker.getAsLong());
    } catch (QilinException e) {
      return new Landing<>(this, null, Optional.empty(), e, ticker.getAsLong());
    } catch (RuntimeException | Error e) {
      // Whatever the source of another throws, the chain goes on; the attempt tells what it was.
      QilinException wrapped = new QilinException(
          ErrorCode.UNKNOWN,
          "the source threw " + e.getClass().getSimpleName() + ": "
              + QilinException.quote(String.valueOf(e.getMessage())),
          e);
      return new Landing<>(this, null, Optional.empty(), wrapped, ticker.getAsLong());
    }
  }

  /** Hands the call to the executor; what that throws is thrown here, and the place is given back. */
  void start(Executor executor) {
    Thread asking = Thread.currentThread();
    try {
      executor.execute(() -> {
        try {
          task.run();
        } finally {
          leave();
          if (task.isCancelled() && Thread.currentThread() != asking) {
            // The interrupt was meant for the call, not for what the thread does next.
            Thread.interrupted();
          }
        }
      });
    } catch (RuntimeException | Error e) {
      leave();
      throw e;
    }
  }

  private void leave() {
    if (!left.getAndSet(true)) {
      member.leave();
    }
  }

  /** Interrupts the call; one that has not begun never will. */
  void cancel() {
    task.cancel(true);
  }

  Member member() {
    return member;
  }

  CallGuard.Pass pass() {
    return pass;
  }

  /** Which attempt at the member it is, from 1. */
  int number() {
    return number;
  }

  long startedAt() {
    return startedAt;
  }

  boolean begun() {
    return begun;
  }
}
