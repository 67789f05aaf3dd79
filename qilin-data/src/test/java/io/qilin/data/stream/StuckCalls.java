package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.Await;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls that hang until they are released, and a wait for them that ends when a call hangs and never before: a slow machine makes
 * no call late, and a call that hangs costs no time.
 */
final class StuckCalls implements HandlerWaiting {
  private final int threads;
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger stuck = new AtomicInteger();

  /** Those that were given up; for the thread of the pipeline. */
  private int givenUp;

  /**
   * None yet.
   *
   * @param threads of the executor; when so many hang, nothing more begins on it
   */
  StuckCalls(int threads) {
    this.threads = threads;
  }

  /** Hangs until it is released, whatever happens to the thread. */
  void hang() {
    stuck.incrementAndGet();
    boolean interrupted = false;
    while (true) {
      try {
        release.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that a call will never begin. */
  void lost() {
    stuck.incrementAndGet();
  }

  /** Lets all calls that hang, now or later, go on. */
  void release() {
    release.countDown();
  }

  @Override
  public <R> R get(Future<R> call, long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    assertThat(nanos).isNotNegative();
    Await.until("the call has ended or hangs", () -> call.isDone() || hangs());
    if (!call.isDone()) {
      givenUp = stuck.get();
      throw new TimeoutException();
    }
    return call.get();
  }

  private boolean hangs() {
    return release.getCount() > 0 && (stuck.get() > givenUp || stuck.get() >= threads);
  }
}
