package io.qilin.security.limit;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * At most so many permits in any window of a length, wherever the window begins.
 *
 * <p>Time is cut into slots, ten a window, and the running slot and the ten before it are counted: a little more than a window, so
 * that no window can hold more than the limit; in return a permit comes back up to a tenth of the window late. One short lock guards
 * the eleven counts. A ticker that goes back counts all as taken now, which closes it for one window at most.
 */
public final class SlidingWindow extends Meter {
  private static final int SLOTS = 10;

  private final long limit;
  private final long slotNanos;
  private final LongSupplier ticker;
  private final long origin;
  private final Object lock = new Object();

  /** By slot number modulo their count. */
  private final long[] counts = new long[SLOTS + 1];

  private long lastSlot;
  private boolean gone;

  private SlidingWindow(long limit, long slotNanos, LongSupplier ticker, long origin) {
    super(limit);
    this.limit = limit;
    this.slotNanos = slotNanos;
    this.ticker = ticker;
    this.origin = origin;
  }

  /**
   * An empty window.
   *
   * @param permits permits in any window, 1 to 1,000,000,000
   * @param window more than 0, at most 1 day
   * @param ticker nanoseconds that only grow, for example {@code System::nanoTime}
   * @throws QilinException INVALID_ARGUMENT if one is out of range
   */
  public static SlidingWindow of(long permits, Duration window, LongSupplier ticker) {
    check(permits, window);
    long slotNanos = (window.toNanos() + SLOTS - 1) / SLOTS;
    return new SlidingWindow(permits, slotNanos, ticker, ticker.getAsLong());
  }

  static void check(long permits, Duration window) {
    if (window.isNegative() || window.isZero() || window.compareTo(Duration.ofDays(1)) > 0) {
      throw QilinException.invalid("a window is more than 0 and at most 1 day, not " + window);
    }
    if (permits < 1 || permits > 1_000_000_000) {
      throw QilinException.invalid(
          "a window lets 1 to 1,000,000,000 permits through, not " + permits);
    }
  }

  @Override
  long attempt(long weight) {
    synchronized (lock) {
      if (gone) {
        return RETIRED;
      }
      long now = ticker.getAsLong() - origin;
      advance(Math.floorDiv(now, slotNanos));
      long over = Arrays.stream(counts).sum() + weight - limit;
      if (over > 0) {
        return wait(over, now);
      }
      counts[place(lastSlot)] += weight;
      return 0;
    }
  }

  @Override
  boolean retireIfIdle() {
    synchronized (lock) {
      advance(Math.floorDiv(ticker.getAsLong() - origin, slotNanos));
      boolean idle = !gone && Arrays.stream(counts).allMatch(count -> count == 0);
      gone |= idle;
      return idle;
    }
  }

  @Override
  SlidingWindow copy() {
    SlidingWindow other = new SlidingWindow(limit, slotNanos, ticker, origin);
    synchronized (lock) {
      System.arraycopy(counts, 0, other.counts, 0, counts.length);
      other.lastSlot = lastSlot;
    }
    return other;
  }

  /** Forgets the slots that are over. */
  private void advance(long slot) {
    if (slot < lastSlot) {
      long all = Arrays.stream(counts).sum();
      Arrays.fill(counts, 0);
      counts[place(slot)] = all;
    } else {
      long steps = Math.min(slot - lastSlot, counts.length);
      for (long step = 1; step <= steps; step++) {
        counts[place(lastSlot + step)] = 0;
      }
    }
    lastSlot = slot;
  }

  /** When so many of the oldest permits will be forgotten. */
  private long wait(long over, long now) {
    long slot = lastSlot - SLOTS;
    long freed = counts[place(slot)];
    while (freed < over) {
      slot++;
      freed += counts[place(slot)];
    }
    return (slot + SLOTS + 1) * slotNanos - now;
  }

  private static int place(long slot) {
    return (int) Math.floorMod(slot, SLOTS + 1L);
  }
}
