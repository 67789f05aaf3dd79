package io.qilin.ops.reload;

import io.qilin.ops.worker.Worker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that wait for one listener, a bounded number: where one more comes, the two oldest become one. One thread at a time
 * delivers, in order. Safe for use by several threads: the state is behind one lock that is never held while the listener works.
 */
final class ListenerQueue<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerQueue.class);
  private static final Duration UNTIL_WOKEN = Duration.ofHours(1);

  private final ConfigListener<T> listener;
  private final int most;
  private final @Nullable Executor executor;
  private final @Nullable Worker worker;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<ConfigEvent<T>> waiting = new ArrayDeque<>();

  private boolean closed;
  private boolean delivering;
  private boolean handedOver;
  private long failures;
  private long skipped;

  /** Delivers on the executor, or without one on a worker of its own. */
  ListenerQueue(
      ConfigListener<T> listener,
      int most,
      @Nullable Executor executor,
      String name,
      LongSupplier ticker,
      Duration longest) {
    this.listener = listener;
    this.most = most;
    this.executor = executor;
    this.worker = executor == null ? Worker.start(name, this::step, ticker, longest) : null;
  }

  private Duration step() {
    deliver();
    return UNTIL_WOKEN;
  }

  void add(ConfigEvent<T> event) {
    lock.lock();
    try {
      waiting.addLast(event);
      if (waiting.size() > most) {
        ConfigEvent<T> first = waiting.removeFirst();
        waiting.addFirst(Coalesced.of(first, waiting.removeFirst()));
        skipped++;
      }
      // Also where an executor dropped the last task in silence.
      handedOver = false;
    } finally {
      lock.unlock();
    }
  }

  /** Has what waits delivered, if nobody does so already. */
  void kick() {
    if (!toHandOver()) {
      return;
    }
    if (worker != null) {
      worker.wake();
    } else if (executor != null) {
      try {
        executor.execute(this::deliver);
      } catch (RuntimeException e) {
        // It waits; the next look at the files asks again.
        LOG.debug("the executor takes no event of the configuration now", e);
        handOverAgain();
      }
    }
  }

  /** Whether events wait that nobody was told to deliver: a stuck executor gets no more tasks than there are events. */
  private boolean toHandOver() {
    lock.lock();
    try {
      boolean pending = !closed && !delivering && !handedOver && !waiting.isEmpty();
      handedOver |= pending;
      return pending;
    } finally {
      lock.unlock();
    }
  }

  private void handOverAgain() {
    lock.lock();
    try {
      handedOver = false;
    } finally {
      lock.unlock();
    }
  }

  private void deliver() {
    lock.lock();
    try {
      if (delivering) {
        return;
      }
      delivering = true;
      handedOver = false;
    } finally {
      lock.unlock();
    }
    boolean over = false;
    try {
      for (Optional<ConfigEvent<T>> next = next(); next.isPresent(); next = next()) {
        tell(next.get());
      }
      over = true;
    } finally {
      if (!over) {
        stopped();
      }
    }
  }

  /** The thread is ending by an error that is none of the listener's alone; another delivers what still waits. */
  private void stopped() {
    lock.lock();
    try {
      delivering = false;
      failures++;
    } finally {
      lock.unlock();
    }
  }

  /** The next event; where there is none, the delivery is over, in the same moment. */
  private Optional<ConfigEvent<T>> next() {
    lock.lock();
    try {
      ConfigEvent<T> next = closed ? null : waiting.pollFirst();
      delivering = next != null;
      return Optional.ofNullable(next);
    } finally {
      lock.unlock();
    }
  }

  private void tell(ConfigEvent<T> event) {
    try {
      listener.on(event);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
      LOG.warn("a listener of the configuration failed at {}", event, e);
      lock.lock();
      try {
        failures++;
      } finally {
        lock.unlock();
      }
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  long failures() {
    lock.lock();
    try {
      return failures;
    } finally {
      lock.unlock();
    }
  }

  long skipped() {
    lock.lock();
    try {
      return skipped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
    } finally {
      lock.unlock();
    }
    if (worker != null) {
      worker.close();
    }
  }
}
