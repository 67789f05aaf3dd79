package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Until when a query may take, by a ticker; it ends early when the source is closed. */
final class Deadline {
  /** Waits; returns early if the source is closed. */
  interface Pause {
    /** Lets so many nanoseconds pass. */
    void nanos(long nanos) throws InterruptedException;

    /** Real time, until a source is closed. */
    static Pause until(CountDownLatch closed) {
      return nanos -> {
        boolean ended = closed.await(nanos, TimeUnit.NANOSECONDS);
        if (ended) {
          throw closed();
        }
      };
    }
  }

  private final String what;
  private final LongSupplier ticker;
  private final Pause pause;
  private final CountDownLatch closed;
  private final Duration time;
  private final long end;

  Deadline(String what, LongSupplier ticker, Pause pause, CountDownLatch closed, Duration time) {
    this.what = what;
    this.ticker = ticker;
    this.pause = pause;
    this.closed = closed;
    this.time = time;
    this.end = ticker.getAsLong() + time.toNanos();
  }

  /** What is left, in nanoseconds; negative if nothing is. */
  long left() {
    return end - ticker.getAsLong();
  }

  /** Refuses to go on when the time is over or the source closed. */
  long check() {
    if (closed.getCount() == 0) {
      throw closed();
    }
    long left = left();
    if (left <= 0) {
      throw new QilinException(
          ErrorCode.TIMEOUT,
          what + ": the query took longer than " + time + "; ask for less, or raise queryTime");
    }
    return left;
  }

  /** Lets time pass. */
  void pause(long nanos) throws InterruptedException {
    pause.nanos(nanos);
  }

  static QilinException closed() {
    return new QilinException(
        ErrorCode.CANCELLED, "the source was closed while it was asked; open it anew");
  }
}
