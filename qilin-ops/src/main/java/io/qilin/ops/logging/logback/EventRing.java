package io.qilin.ops.logging.logback;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A ring of events of bounded number and size: many threads put in, one at a time takes out. Neither waits.
 *
 * <p>A thread that puts in owns the place that it moved the tail over; the taker sees the event when it is stored there, and
 * gives the place back by moving the head after it cleared it. The size is taken before a place is sought and given back where none
 * is found.
 */
final class EventRing {
  private final AtomicReferenceArray<@Nullable HeldEvent> places;
  private final int mask;
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong head = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * An empty ring.
   *
   * @param places how many events, rounded up to a power of two
   */
  EventRing(int places) {
    int size = Integer.highestOneBit(Math.max(2, places) * 2 - 1);
    this.places = new AtomicReferenceArray<>(size);
    this.mask = size - 1;
  }

  /** Puts an event in if all together then have at most so many bytes. */
  boolean offer(HeldEvent event, long mostBytes) {
    if (bytes.addAndGet(event.bytes()) <= mostBytes) {
      long place = claim();
      if (place >= 0) {
        places.setRelease((int) place & mask, event);
        return true;
      }
    }
    bytes.addAndGet(-event.bytes());
    return false;
  }

  /** The number of a free place, or -1. */
  private long claim() {
    while (true) {
      long place = tail.get();
      if (place - head.get() > mask) {
        return -1;
      }
      if (tail.compareAndSet(place, place + 1)) {
        return place;
      }
    }
  }

  /** The oldest event, which stays; null if there is none yet. Only for the one that takes. */
  @Nullable
  HeldEvent peek() {
    return places.getAcquire((int) head.get() & mask);
  }

  /** Takes the oldest event, or null. Only for the one that takes. */
  @Nullable
  HeldEvent poll() {
    long at = head.get();
    HeldEvent event = places.getAcquire((int) at & mask);
    if (event != null) {
      places.setRelease((int) at & mask, null);
      head.set(at + 1);
      bytes.addAndGet(-event.bytes());
    }
    return event;
  }

  /** How many events it takes. */
  int places() {
    return mask + 1;
  }

  /** Whether nothing is in it or about to be. */
  boolean isEmpty() {
    return tail.get() == head.get();
  }

  /** Whether more than half of the places are taken. */
  boolean crowded() {
    return tail.get() - head.get() > mask / 2;
  }
}
