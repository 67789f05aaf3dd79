package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue between the host's threads and a pipeline. Any thread may {@link #send}; one thread polls. Positions count
 * the messages sent; those thrown away leave holes. It keeps nothing that was handed over, so a pipeline over a queue cannot
 * go on from a checkpoint.
 *
 * <p>One lock guards both ends. A poll takes a batch under it and hands it over without it.
 *
 * @param <P> what a message carries; the host must not change it after sending
 */
public final class StreamQueue<P> implements StreamSource<P> {
  private static final int MOST_BATCH = 4096;

  private final String id;
  private final int capacity;
  private final OverflowPolicy policy;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final ArrayDeque<Entry<P>> waiting;
  private final ArrayDeque<Entry<P>> batch = new ArrayDeque<>();
  private long sent;
  private long next;
  private long dropped;
  private boolean ending;

  private record Entry<P>(long position, P payload) {}

  /**
   * An empty queue.
   *
   * @param id its name
   * @param capacity how many messages may wait, positive
   * @param policy what happens with one more
   */
  public StreamQueue(String id, int capacity, OverflowPolicy policy) {
    if (capacity < 1) {
      throw QilinException.invalid("a queue holds at least one message, was " + capacity);
    }
    this.id = Objects.requireNonNull(id, "id");
    this.capacity = capacity;
    this.policy = Objects.requireNonNull(policy, "policy");
    this.waiting = new ArrayDeque<>(Math.min(capacity, MOST_BATCH));
  }

  /**
   * Puts a message in.
   *
   * @throws QilinException RESOURCE_EXHAUSTED if it is full and fails by policy; CANCELLED if the thread is interrupted while
   *     it waits; INVALID_ARGUMENT after {@link #end} or {@link #close}
   */
  public void send(P payload) {
    Objects.requireNonNull(payload, "payload");
    lock.lock();
    try {
      waitForRoom();
      if (ending) {
        throw QilinException.invalid("the queue " + id + " takes no more messages");
      }
      if (waiting.size() == capacity) {
        waiting.poll();
        dropped++;
      }
      waiting.add(new Entry<>(sent++, payload));
    } finally {
      lock.unlock();
    }
  }

  /** Returns when there is room, or the policy makes it, or the queue takes no more. */
  private void waitForRoom() {
    if (policy == OverflowPolicy.FAIL && !ending && waiting.size() == capacity) {
      throw new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "the queue " + id + " is full with " + capacity
              + " messages; send again later, or choose BLOCK or DROP_OLDEST");
    }
    try {
      while (policy == OverflowPolicy.BLOCK && !ending && waiting.size() == capacity) {
        notFull.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "the thread was interrupted while the queue " + id + " was full", e);
    }
  }

  /** Says that no more will be sent; what waits is still handed over. */
  public void end() {
    lock.lock();
    try {
      ending = true;
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long position() {
    return next;
  }

  @Override
  public void seek(long position) {
    if (position != next) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "the queue " + id + " is at " + next + " and keeps nothing, so it cannot go to "
              + position + "; read from a file or a broker to go on after a restart");
    }
  }

  @Override
  public int poll(int most, StreamReceiver<P> receiver) {
    take(Math.min(most, MOST_BATCH));
    int taken = 0;
    while (taken < most && !batch.isEmpty()) {
      Entry<P> entry = batch.element();
      receiver.message(entry.position(), entry.payload());
      batch.remove();
      next = entry.position() + 1;
      taken++;
    }
    return taken;
  }

  private void take(int most) {
    lock.lock();
    try {
      while (batch.size() < most && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean ended() {
    lock.lock();
    try {
      return ending && waiting.isEmpty() && batch.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void commit(long position) {
    if (position < 0 || position > next) {
      throw QilinException.invalid("the queue " + id + " is at " + next + ", not at " + position);
    }
  }

  @Override
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the queue and frees those who wait. */
  @Override
  public void close() {
    end();
  }
}
