package io.qilin.mlops.job;

import io.qilin.api.error.QilinException;
import java.util.HashMap;
import java.util.Map;

/**
 * Who lives, without a clock that people set. Each service adds one to its own beat in the store, six times a lease. Another
 * watches the beat with its own ticker: where it has not changed for a whole lease, seen in at least five looks, the owner is
 * dead. So a clock that is set back or forward decides nothing, and a watcher that stood still itself judges nobody until it has
 * looked again for a while.
 *
 * <p>A service that could not write its beat for half a lease takes itself for dead and stops its bodies: it does so before the
 * others take its jobs. One that was declared dead finds its row gone, and every write of its runs is refused. Confined to the
 * service's rounds.
 */
final class Lease {
  private static final int LOOKS = 5;

  private final JobStore store;
  private final boolean alone;
  private final long leaseNanos;
  private final Map<Long, Sight> seen = new HashMap<>();
  private long owner;
  private long lastBeat;
  private long lastLook;

  /** What was seen of another: its beat, since when, and in how many looks. */
  private record Sight(long beat, long since, int looks) {}

  Lease(JobStore store, JobSettings settings, long now) {
    this.store = store;
    alone = settings.alone();
    leaseNanos = settings.lease().toNanos();
    owner = store.enter();
    lastBeat = now;
    lastLook = now;
  }

  /** The number under which jobs are claimed now. */
  long owner() {
    return owner;
  }

  /**
   * Gives a sign of life when it is time.
   *
   * @return false if the owner is dead; there is a new one then, as soon as the store can make one
   */
  boolean renew(long now) {
    if (owner == 0) {
      owner = store.enter();
      lastBeat = now;
    } else if (now - lastBeat >= leaseNanos / 6 && !beat(now)) {
      owner = 0;
      return false;
    }
    return true;
  }

  /** Looks after the others when it is time. */
  void watch(long now, long millis) {
    if (now - lastLook < leaseNanos / 6) {
      return;
    }
    lastLook = now;
    Map<Long, Long> beats = store.beats();
    beats.remove(owner);
    seen.keySet().retainAll(beats.keySet());
    beats.forEach((other, beat) -> {
      Sight before = seen.get(other);
      Sight sight = before == null || before.beat() != beat
          ? new Sight(beat, now, 1)
          : new Sight(beat, before.since(), before.looks() + 1);
      seen.put(other, sight);
      if (sight.looks() > LOOKS && now - sight.since() >= leaseNanos) {
        store.bury(other, beat, millis);
      }
    });
  }

  /** Leaves in peace: there is no job left that is the owner's. */
  void leave(long millis) {
    if (owner != 0) {
      store.leave(owner, millis);
      owner = 0;
    }
  }

  private boolean beat(long now) {
    try {
      boolean lives = store.beat(owner);
      lastBeat = now;
      return lives;
    } catch (QilinException e) {
      if (!alone && now - lastBeat >= leaseNanos / 2) {
        return false;
      }
      throw e;
    }
  }
}
