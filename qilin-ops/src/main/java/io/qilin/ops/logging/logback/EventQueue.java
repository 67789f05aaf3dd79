package io.qilin.ops.logging.logback;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for the writer: important ones (ERROR, WARN, AUDIT) and others in rings of their own, so that no flood of
 * the latter takes the room of the former.
 *
 * <p>For an important event there is, in this order: room of its own; when that is full, as much again two thirds for short forms;
 * when that is full, up to 5 ms of waiting. Once a wait was in vain, nobody waits until the writer has taken one: a sink that
 * stands still costs each thread at most one wait. Thread-safe; taking is for one thread at a time.
 */
final class EventQueue {
  static final long ORDINARY_BYTES = 8L << 20;
  static final long IMPORTANT_BYTES = 12L << 20;
  static final long SHORT_BYTES = 8L << 20;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final EventRing ordinary;
  private final EventRing important;
  private final UnaryOperator<HeldEvent> masker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taken = lock.newCondition();
  private volatile boolean vain;
  /** How many ordinary events went before the important one that is next. */
  private int passed;

  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * An empty queue.
   *
   * @param masker applied before an event is shortened, as half a secret cannot be recognised
   */
  EventQueue(int ordinaryEvents, int importantEvents, UnaryOperator<HeldEvent> masker) {
    this.ordinary = new EventRing(ordinaryEvents);
    this.important = new EventRing(importantEvents);
    this.masker = masker;
  }

  /** Takes an event in; false if there is no room for it. */
  boolean offer(HeldEvent event, boolean mayWait) {
    if (!event.important()) {
      return ordinary.offer(event, ORDINARY_BYTES);
    }
    if (important.offer(event, IMPORTANT_BYTES)) {
      return true;
    }
    HeldEvent masked = masker.apply(event);
    HeldEvent small = masked.with(masked.parts().shortened());
    return offerShort(small) || (mayWait && !vain && awaited(small));
  }

  private boolean offerShort(HeldEvent small) {
    return important.offer(small, IMPORTANT_BYTES + SHORT_BYTES);
  }

  private boolean awaited(HeldEvent small) {
    waiting.incrementAndGet();
    try {
      return offerShort(small) || awaitRoom(small);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private boolean awaitRoom(HeldEvent small) {
    long left = LONGEST_WAIT_NANOS;
    lock.lock();
    try {
      while (left > 0 && !vain) {
        left = taken.awaitNanos(left);
        if (offerShort(small)) {
          return true;
        }
      }
      vain = true;
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return offerShort(small);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The event to write next, or null. In the order in which they came, but important ones first when they are many.
   */
  @Nullable
  HeldEvent poll() {
    HeldEvent first = important.peek();
    HeldEvent other = ordinary.peek();
    if (first == null) {
      return other == null ? null : ordinary.poll();
    }
    // No more than are in the ring can have come before it: if more look so, the clock was put
    // back.
    if (other != null
        && !important.crowded()
        && passed < ordinary.places()
        && other.before(first)) {
      passed++;
      return ordinary.poll();
    }
    passed = 0;
    HeldEvent event = important.poll();
    vain = false;
    if (waiting.get() > 0) {
      signal();
    }
    return event;
  }

  private void signal() {
    lock.lock();
    try {
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    return ordinary.isEmpty() && important.isEmpty();
  }
}
