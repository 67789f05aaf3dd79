package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.qilin.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A sink that keeps what it gets, and stands still or fails when it is told to. */
final class GateSink extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final List<ILoggingEvent> got = new ArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch standing = new CountDownLatch(1);

  GateSink() {
    start();
  }

  /** Stands still with the next event. */
  void hold() {
    standing = new CountDownLatch(1);
    gate = new CountDownLatch(1);
  }

  /** Until a thread stands still in it. */
  void awaitStanding() throws InterruptedException {
    if (!standing.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody came to the gate within 30 s");
    }
  }

  void release() {
    gate.countDown();
  }

  @Override
  protected void append(ILoggingEvent event) {
    CountDownLatch now = gate;
    if (now.getCount() > 0) {
      standing.countDown();
      boolean interrupted = false;
      while (now.getCount() > 0) {
        try {
          now.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    synchronized (got) {
      got.add(event);
    }
  }

  private int size() {
    synchronized (got) {
      return got.size();
    }
  }

  List<ILoggingEvent> got() {
    synchronized (got) {
      return List.copyOf(got);
    }
  }

  List<String> messages() {
    return got().stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  void awaitMessages(int count) {
    Await.until(count + " messages came", () -> size() >= count);
  }
}
