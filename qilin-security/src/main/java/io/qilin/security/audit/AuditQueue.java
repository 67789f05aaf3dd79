package io.qilin.security.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Entries that wait for the writer, bounded in number and in bytes. Safe to share between threads: everything is under one
 * lock.
 */
final class AuditQueue {
  private static final long MAX_BYTES = 32L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private final Deque<PendingEntry> entries = new ArrayDeque<>();
  private final int capacity;
  private long bytes;
  private boolean closed;

  AuditQueue(int capacity) {
    this.capacity = capacity;
  }

  /** What became of an offer. */
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  /** Adds an entry, after waiting at most so long for room. */
  Offer offer(PendingEntry entry, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!closed && full()) {
        if (left <= 0) {
          return Offer.FULL;
        }
        left = taken.awaitNanos(left);
      }
      if (closed) {
        return Offer.CLOSED;
      }
      entries.add(entry);
      bytes += entry.bytes();
      added.signal();
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  private boolean full() {
    return entries.size() >= capacity || bytes >= MAX_BYTES;
  }

  /**
   * Takes what waits.
   *
   * @param most how many entries at most
   * @param mostBytes about how many bytes at most; one entry is taken in any case
   * @param nanos how long to wait for the first one
   * @return none if none came in time, or the queue is closed and empty
   */
  List<PendingEntry> take(int most, long mostBytes, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (entries.isEmpty() && !closed && left > 0) {
        left = added.awaitNanos(left);
      }
      List<PendingEntry> batch = new ArrayList<>(Math.min(most, entries.size()));
      long size = 0;
      while (!entries.isEmpty() && batch.size() < most && size < mostBytes) {
        PendingEntry entry = entries.remove();
        size += entry.bytes();
        batch.add(entry);
      }
      bytes -= size;
      taken.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing more in; what waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      added.signalAll();
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing waits and nothing will. */
  boolean finished() {
    lock.lock();
    try {
      return closed && entries.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
