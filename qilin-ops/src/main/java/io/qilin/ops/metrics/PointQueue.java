package io.qilin.ops.metrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The points of a buffer and what became of them. Thread-safe: one lock, never held while a sink works. */
final class PointQueue {
  /** What became of an offered point. */
  enum Taken {
    NO,
    YES,
    /** It makes a batch full. */
    FULL
  }

  private final int capacity;
  private final int batchSize;
  private final int attempts;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition drained = lock.newCondition();
  private final ArrayDeque<MeasuredPoint> points = new ArrayDeque<>();
  private List<MeasuredPoint> batch = List.of();
  private int attempt;
  private boolean closing;
  private long offered;
  private long written;
  private long refused;
  private long overflowed;
  private long lost;
  private long failures;

  PointQueue(int capacity, int batchSize, int attempts) {
    this.capacity = capacity;
    this.batchSize = batchSize;
    this.attempts = attempts;
  }

  Taken refuse() {
    lock.lock();
    try {
      offered++;
      refused++;
      return Taken.NO;
    } finally {
      lock.unlock();
    }
  }

  Taken offer(MeasuredPoint point) {
    lock.lock();
    try {
      if (closing) {
        return refuse();
      }
      offered++;
      if (points.size() + batch.size() >= capacity) {
        overflowed++;
        if (points.isEmpty()) {
          return Taken.NO;
        }
        points.removeFirst();
      }
      points.addLast(point);
      // While a batch is under way its thread looks for itself; waking it would cut its pause after
      // a failure short.
      return batch.isEmpty() && points.size() == batchSize ? Taken.FULL : Taken.YES;
    } finally {
      lock.unlock();
    }
  }

  /** The batch that failed, or another; empty if nothing waits. */
  List<MeasuredPoint> next() {
    lock.lock();
    try {
      if (batch.isEmpty()) {
        batch = points.stream().limit(batchSize).toList();
        for (int i = 0; i < batch.size(); i++) {
          points.removeFirst();
        }
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** The batch is written; true if another should follow at once. */
  boolean wrote() {
    lock.lock();
    try {
      written += batch.size();
      settle();
      return closing || points.size() >= batchSize;
    } finally {
      lock.unlock();
    }
  }

  /** The batch is not written; true at the end, when there is no time for pauses. */
  boolean failed(boolean again) {
    lock.lock();
    try {
      failures++;
      if (!again || ++attempt >= attempts || closing) {
        lost += batch.size();
        settle();
      }
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private void settle() {
    batch = List.of();
    attempt = 0;
    if (points.isEmpty()) {
      drained.signalAll();
    }
  }

  BufferStatus status() {
    lock.lock();
    try {
      long waiting = (long) points.size() + batch.size();
      return new BufferStatus(offered, written, waiting, refused, overflowed, lost, failures);
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more. */
  void seal() {
    lock.lock();
    try {
      closing = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing waits any more. */
  void drain(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (left > 0 && !(points.isEmpty() && batch.isEmpty())) {
        left = drained.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Counts what still waits as lost. */
  void abandon() {
    lock.lock();
    try {
      lost += (long) points.size() + batch.size();
      points.clear();
      batch = List.of();
    } finally {
      lock.unlock();
    }
  }
}
