package io.qilin.agents.monitor;

import io.qilin.api.error.QilinException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.LongAdder;

/**
 * Publishes the steps of a desk's decisions. It never holds up the desk: each subscriber has a buffer
 * of a fixed size, and what does not fit is dropped for it alone and counted. Thread-safe.
 */
public final class DeskEvents implements Flow.Publisher<DeskEvent>, AutoCloseable {
  private final SubmissionPublisher<DeskEvent> publisher;
  private final LongAdder dropped = new LongAdder();

  private DeskEvents(SubmissionPublisher<DeskEvent> publisher) {
    this.publisher = publisher;
  }

  /**
   * Events that are delivered on an executor.
   *
   * @param executor where subscribers are called; it must not run tasks on the calling thread, as a slow
   *     subscriber would then hold up the desk
   * @param buffer how many events wait for a subscriber at most, 1 to 65,536, rounded up to a power of two
   * @throws QilinException INVALID_ARGUMENT for another buffer
   */
  public static DeskEvents on(Executor executor, int buffer) {
    if (buffer < 1 || buffer > 1 << 16) {
      throw QilinException.invalid("a buffer holds 1 to 65536 events, not " + buffer);
    }
    return new DeskEvents(new SubmissionPublisher<>(executor, buffer));
  }

  @Override
  public void subscribe(Flow.Subscriber<? super DeskEvent> subscriber) {
    publisher.subscribe(subscriber);
  }

  /** Gives an event to every subscriber that has room for it; after closing to none. */
  public void publish(DeskEvent event) {
    if (publisher.isClosed() || !publisher.hasSubscribers()) {
      return;
    }
    try {
      publisher.offer(event, (subscriber, item) -> {
        dropped.increment();
        return false;
      });
    } catch (IllegalStateException | RejectedExecutionException e) {
      // It was closed meanwhile, or the executor takes no more tasks: nobody can be told.
      dropped.increment();
    }
  }

  /** How many events were not delivered, over all subscribers. */
  public long dropped() {
    return dropped.sum();
  }

  /** Ends the stream of every subscriber after what waits for it. The executor goes on. */
  @Override
  public void close() {
    publisher.close();
  }
}
