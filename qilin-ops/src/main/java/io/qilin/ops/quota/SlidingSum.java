package io.qilin.ops.quota;

/**
 * The sum of what was used in the last ten seconds, in twenty slots of half a second: the oldest slot is forgotten whole, so that
 * between 9.5 and 10 seconds are counted. Not thread-safe: whoever uses it holds the lock of the pool.
 */
final class SlidingSum {
  static final long WINDOW_NANOS = 10_000_000_000L;

  private static final int SLOTS = 20;
  private static final long SLOT_NANOS = WINDOW_NANOS / SLOTS;

  private final long origin;
  private final long[] slots = new long[SLOTS];
  private long newest;
  private long sum;

  /** Nothing, from this moment of the ticker on. */
  SlidingSum(long origin) {
    this.origin = origin;
  }

  /** Counts an amount that was used evenly from one moment to another, which is not before the last one that was told. */
  void add(long from, long to, long amount) {
    forget(to);
    long first = slot(from);
    long last = slot(to);
    if (first >= last) {
      put(last, amount);
      return;
    }
    double perNano = (double) amount / (to - from);
    long earliest = Math.max(first, newest - SLOTS + 1);
    long before = Math.round(perNano * Math.max(0, start(earliest) - from));
    for (long slot = earliest; slot <= last; slot++) {
      long until =
          slot == last ? amount : Math.round(perNano * Math.max(0, start(slot + 1) - from));
      put(slot, until - before);
      before = until;
    }
  }

  /** What was used in the window that ends now. */
  long sum(long now) {
    forget(now);
    return sum;
  }

  /** Nanoseconds until the sum is less than the limit if nothing more is used; 0 if it is. */
  long untilLess(long limit, long now) {
    forget(now);
    long left = sum;
    for (long slot = newest - SLOTS + 1; left >= limit && slot <= newest; slot++) {
      left -= slot < 0 ? 0 : slots[(int) (slot % SLOTS)];
      if (left < limit) {
        return Math.max(1, start(slot + SLOTS) - now);
      }
    }
    return left < limit ? 0 : WINDOW_NANOS;
  }

  private void put(long slot, long amount) {
    slots[(int) (slot % SLOTS)] += amount;
    sum += amount;
  }

  private void forget(long now) {
    long current = Math.max(newest, slot(now));
    long oldest = Math.max(newest + 1, current - SLOTS + 1);
    for (long slot = oldest; slot <= current; slot++) {
      int place = (int) (slot % SLOTS);
      sum -= slots[place];
      slots[place] = 0;
    }
    newest = current;
  }

  private long slot(long moment) {
    return Math.max(0, moment - origin) / SLOT_NANOS;
  }

  private long start(long slot) {
    return origin + slot * SLOT_NANOS;
  }
}
