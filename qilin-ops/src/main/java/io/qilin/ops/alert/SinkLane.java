package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One sink with a queue and a thread of its own. Thread-safe: one lock, never held while the sink works. */
final class SinkLane {
  private final String name;
  private final AlertSink sink;
  private final int capacity;
  private final FloodWindow flood;
  private final Clock clock;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition drained = lock.newCondition();
  private final ArrayDeque<Alert> queue = new ArrayDeque<>();
  private boolean closed;
  private boolean busy;
  private boolean owesSummary;
  private long offered;
  private long delivered;
  private long failed;
  private long dropped;
  private long heldBack;
  private long summaries;
  private @Nullable Worker worker;

  SinkLane(
      String name,
      AlertSink sink,
      int capacity,
      int mostAMinute,
      Clock clock,
      LongSupplier ticker) {
    this.name = name;
    this.sink = sink;
    this.capacity = capacity;
    this.flood = new FloodWindow(mostAMinute);
    this.clock = clock;
    this.ticker = ticker;
  }

  void start(Duration longest) {
    worker = Worker.start("qilin-alert-" + name, this::step, ticker, longest);
  }

  /** Takes an alert, or drops it. The last quarter of the queue is for CRITICAL ones. */
  void offer(Alert alert) {
    boolean first;
    lock.lock();
    try {
      offered++;
      int room = alert.severity() == Severity.CRITICAL ? capacity : capacity - capacity / 4;
      if (closed || queue.size() >= room) {
        dropped++;
        return;
      }
      first = queue.isEmpty();
      queue.addLast(alert);
    } finally {
      lock.unlock();
    }
    if (first) {
      worker().wake();
    }
  }

  void wake() {
    worker().wake();
  }

  private Duration step() {
    long now = ticker.getAsLong();
    if (flood.summaryDue(now)) {
      summarize(now);
      return Duration.ZERO;
    }
    Alert next = next();
    if (next == null) {
      if (atTheEnd()) {
        summarize(now);
      }
      return flood.untilSummary(now);
    }
    if (!flood.passes(now, next)) {
      count(() -> {
        heldBack++;
        owesSummary = true;
        busy = false;
      });
      return Duration.ZERO;
    }
    deliver(next);
    return Duration.ZERO;
  }

  private void deliver(Alert alert) {
    boolean taken = false;
    try {
      sink.alert(alert);
      taken = true;
    } finally {
      // A stray interrupt, of which a sink may tell by the flag, costs this alert and not those
      // behind it. Whoever closes has said so otherwise too.
      boolean unused = Thread.interrupted();
      boolean went = taken;
      count(() -> {
        busy = false;
        if (went) {
          delivered++;
        } else {
          failed++;
        }
      });
    }
  }

  private void summarize(long now) {
    try {
      sink.alert(flood.summary(now, clock.instant()));
      count(() -> summaries++);
    } finally {
      count(() -> owesSummary = false);
    }
  }

  /** Nothing more comes, so the summary does not wait for its minute. */
  private boolean atTheEnd() {
    lock.lock();
    try {
      return closed && owesSummary;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Alert next() {
    lock.lock();
    try {
      Alert next = queue.pollFirst();
      busy = next != null;
      signalWhenDrained();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void count(Runnable change) {
    lock.lock();
    try {
      change.run();
      signalWhenDrained();
    } finally {
      lock.unlock();
    }
  }

  private void signalWhenDrained() {
    if (queue.isEmpty() && !busy && !owesSummary) {
      drained.signalAll();
    }
  }

  /** Takes no more. */
  void seal() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    worker().wake();
  }

  /** Waits until all is delivered; returns the nanoseconds that are left. */
  long drain(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (left > 0 && (busy || owesSummary || !queue.isEmpty())) {
        left = drained.awaitNanos(left);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    worker().close();
    lock.lock();
    try {
      dropped += queue.size();
      queue.clear();
    } finally {
      lock.unlock();
    }
  }

  LaneStatus status() {
    lock.lock();
    try {
      long waiting = (long) queue.size() + (busy ? 1 : 0);
      return new LaneStatus(
          name, offered, delivered, failed, dropped, heldBack, waiting, summaries);
    } finally {
      lock.unlock();
    }
  }

  HealthResult health() {
    return worker().health();
  }

  private Worker worker() {
    return Objects.requireNonNull(worker, "worker");
  }
}
