package io.qilin.data.failover;

import io.qilin.testkit.FaultySource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time that passes only when everybody waits: the one asking thread in {@link #poll}, every task of the executor in
 * {@link #sleep}. Then it jumps to the next moment at which somebody goes on. So seconds of hanging take no time at all,
 * and the moments are exact. Threads are real.
 */
final class VirtualTime
    implements LongSupplier, Executor, Waiting, FaultySource.Sleeper, AutoCloseable {
  private static final long STUCK_MILLIS = 60_000;

  /** A task that waits for a moment. */
  private static final class Sleeping {
    private final Thread thread = Thread.currentThread();
    private final long until;
    private boolean awake;

    Sleeping(long until) {
      this.until = until;
    }
  }

  private final Instant start;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<Sleeping> sleeping = new ArrayList<>();
  private long now;
  private int active;

  VirtualTime(Instant start) {
    this.start = start;
  }

  @Override
  public synchronized long getAsLong() {
    return now;
  }

  Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return start.plusNanos(getAsLong());
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      active++;
    }
    pool.execute(() -> {
      try {
        task.run();
      } finally {
        synchronized (this) {
          active--;
          notifyAll();
        }
      }
    });
  }

  @Override
  public synchronized void sleep(Duration length) throws InterruptedException {
    Sleeping own = new Sleeping(now + length.toNanos());
    sleeping.add(own);
    active--;
    notifyAll();
    try {
      while (!own.awake) {
        wait();
      }
    } finally {
      if (!own.awake) {
        active++;
        sleeping.remove(own);
      }
      notifyAll();
    }
  }

  /** Lets time pass while nobody asks. */
  synchronized void advance(Duration length) throws InterruptedException {
    passTo(now + length.toNanos());
  }

  /** Waits until every task has ended or sleeps. */
  synchronized void settle() throws InterruptedException {
    while (busy()) {
      await();
    }
  }

  @Override
  public synchronized <T> T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException {
    long target = now + nanos;
    while (true) {
      if (busy()) {
        await();
        continue;
      }
      T first = queue.poll();
      if (first != null || now >= target) {
        return first;
      }
      long next = sleeping.stream().mapToLong(s -> s.until).min().orElse(target);
      wake(Math.min(next, target));
    }
  }

  private void passTo(long target) throws InterruptedException {
    while (true) {
      settle();
      if (now >= target) {
        return;
      }
      long next = sleeping.stream().mapToLong(s -> s.until).min().orElse(target);
      wake(Math.min(next, target));
    }
  }

  private void wake(long moment) {
    now = moment;
    for (Sleeping each : List.copyOf(sleeping)) {
      if (each.until <= now) {
        each.awake = true;
        active++;
        sleeping.remove(each);
      }
    }
    notifyAll();
  }

  private boolean busy() {
    return active > 0 || sleeping.stream().anyMatch(each -> each.thread.isInterrupted());
  }

  /** Waits until something has changed; a task that neither ends nor sleeps for a minute of real time fails the test. */
  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private void await() throws InterruptedException {
    long begun = System.nanoTime();
    wait(STUCK_MILLIS);
    if (System.nanoTime() - begun >= TimeUnit.MILLISECONDS.toNanos(STUCK_MILLIS)) {
      throw new AssertionError(active + " tasks neither end nor sleep");
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
