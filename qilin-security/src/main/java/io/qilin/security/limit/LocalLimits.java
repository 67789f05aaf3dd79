package io.qilin.security.limit;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One limit for each key, counted in this process, for a bounded number of keys.
 *
 * <p><b>When the table is full.</b> A key is forgotten only while its meter is as good as a new one, so nobody gets permits back by
 * bringing many other keys. If none can be forgotten, a new key shares one of 64 common meters with others until there is room,
 * and then begins with what the common one has left, so that the change brings nothing either:
 * under a flood of addresses new callers are slowed together, known ones keep what is theirs. A new key looks at 128 places at
 * most, so its work is bounded as well.
 *
 * <p>Safe to share between threads: a known key costs one look-up without a lock and one atomic step of its meter.
 */
public final class LocalLimits implements LimitStore {
  /** Room for keys unless another number is given. */
  public static final int DEFAULT_KEYS = 100_000;

  private static final int LOOKS = 128;
  private static final int SHARED = 64;

  private final int capacity;
  private final long most;
  private final ConcurrentHashMap<LimitKey, Meter> meters = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final Meter[] shared = new Meter[SHARED];

  /** Whoever holds it moves the hand; who finds it taken does not wait. */
  private final ReentrantLock sweeping = new ReentrantLock();

  private Iterator<Map.Entry<LimitKey, Meter>> hand = meters.entrySet().iterator();

  private LocalLimits(int capacity, long most, Supplier<Meter> fresh) {
    if (capacity < 1 || capacity > 10_000_000) {
      throw QilinException.invalid("limits are kept for 1 to 10,000,000 keys, not for " + capacity);
    }
    this.capacity = capacity;
    this.most = most;
    for (int i = 0; i < SHARED; i++) {
      shared[i] = fresh.get();
    }
  }

  /**
   * A {@link TokenBucket} for each key.
   *
   * @param keys room for keys, 1 to 10,000,000; see {@link #DEFAULT_KEYS}
   * @param ticker nanoseconds that only grow, for example {@code System::nanoTime}
   * @throws QilinException INVALID_ARGUMENT if the room is out of range
   */
  public static LocalLimits tokenBuckets(RateLimit limit, int keys, LongSupplier ticker) {
    return new LocalLimits(keys, limit.burst(), () -> TokenBucket.of(limit, ticker));
  }

  /**
   * A {@link SlidingWindow} for each key.
   *
   * @param keys room for keys, 1 to 10,000,000; see {@link #DEFAULT_KEYS}
   * @param ticker nanoseconds that only grow, for example {@code System::nanoTime}
   * @throws QilinException INVALID_ARGUMENT as {@link SlidingWindow#of}, and if the room is out of range
   */
  public static LocalLimits slidingWindows(
      long permits, Duration window, int keys, LongSupplier ticker) {
    SlidingWindow.check(permits, window);
    return new LocalLimits(keys, permits, () -> SlidingWindow.of(permits, window, ticker));
  }

  /**
   * {@inheritDoc}
   *
   * @throws QilinException INVALID_ARGUMENT if the weight is less than 1, or more than there ever is
   */
  @Override
  public LimitVerdict take(LimitKey key, long weight) {
    return Meter.verdict(tryTake(key, weight));
  }

  /**
   * As {@link #take}, without a value.
   *
   * @return 0 if the permits were taken; otherwise after how many nanoseconds they could be
   * @throws QilinException as {@link #take}
   */
  public long tryTake(LimitKey key, long weight) {
    Meter.check(weight, most);
    while (true) {
      Meter meter = meters.get(key);
      long wait = meter == null ? takeAsNew(key, weight) : meter.attempt(weight);
      if (wait != Meter.RETIRED) {
        return wait;
      }
      if (meter != null) {
        meters.remove(key, meter);
      }
    }
  }

  /** How many keys have a meter of their own now. */
  public int keys() {
    return size.get();
  }

  /** Under a lock that all takers of this key share as long as it has no meter: it has one of its own or a common one, not both. */
  private long takeAsNew(LimitKey key, long weight) {
    int hash = key.value().hashCode() + key.kind().name().hashCode();
    Meter common = shared[(hash ^ (hash >>> 16)) & (SHARED - 1)];
    synchronized (common) {
      Meter meter = meters.get(key);
      if (meter == null && (reserve() || (sweep() && reserve()))) {
        meter = common.copy();
        meters.put(key, meter);
      }
      return (meter == null ? common : meter).attempt(weight);
    }
  }

  private boolean reserve() {
    int before;
    do {
      before = size.get();
      if (before >= capacity) {
        return false;
      }
    } while (!size.compareAndSet(before, before + 1));
    return true;
  }

  /** Goes on round the table and forgets idle keys; says whether there was one. */
  private boolean sweep() {
    if (!sweeping.tryLock()) {
      return false;
    }
    try {
      boolean found = false;
      for (int looked = 0; looked < LOOKS; looked++) {
        if (!hand.hasNext()) {
          hand = meters.entrySet().iterator();
          if (!hand.hasNext()) {
            return found;
          }
        }
        Map.Entry<LimitKey, Meter> one = hand.next();
        if (one.getValue().retireIfIdle()) {
          meters.remove(one.getKey(), one.getValue());
          size.decrementAndGet();
          found = true;
        }
      }
      return found;
    } finally {
      sweeping.unlock();
    }
  }
}
