package io.qilin.ops.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The leases that are open, and who gets the next. Used under the lock of the pool. */
final class LeaseBook {
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration GPU_SOON = Duration.ofSeconds(1);

  private final QuotaSettings settings;
  private final Handovers handovers;
  private final FairShare waiting;
  private final LeaseList leases = new LeaseList();

  /** Those from {@link #used} on are free. */
  private final LeaseSlot[] slots;

  private int used;
  private boolean closed;

  LeaseBook(QuotaSettings settings, Handovers handovers) {
    this.settings = settings;
    this.handovers = handovers;
    this.waiting = new FairShare(settings.permits());
    this.slots = new LeaseSlot[settings.permits()];
    Arrays.setAll(slots, LeaseSlot::new);
  }

  FairShare waiting() {
    return waiting;
  }

  boolean closed() {
    return closed;
  }

  /** No lease is granted any more. */
  void close() {
    closed = true;
  }

  /** What stands in the way of one more lease now; null if nothing does. */
  @Nullable
  QuotaLimit limit(StrategyState state, long now) {
    QuotaLimit own = state.limit(settings.gpu(), now);
    return own == null && used >= settings.permits() ? QuotaLimit.POOL : own;
  }

  /** Turns a question away and counts that. */
  QuotaVerdict.Refused refuse(StrategyState state, QuotaLimit limit, long now) {
    state.refusals++;
    long millis = (state.untilFree(limit, now) + 999_999) / 1_000_000;
    Duration retryAfter = switch (limit) {
      case CPU, ALLOCATION -> Duration.ofMillis(Math.max(1, millis));
      case GPU_MEMORY -> GPU_SOON;
      case CLOSED -> Duration.ZERO;
      default -> SOON;
    };
    return new QuotaVerdict.Refused(state.name, limit, retryAfter);
  }

  /** A lease, where nothing stands in the way of it. */
  QuotaLease grant(QuotaPool pool, StrategyState state, long now) {
    LeaseSlot slot = slots[used++];
    QuotaLease lease = new QuotaLease(pool, state, slot);
    waiting.granted(state, now);
    state.granted++;
    slot.endsAt = now + settings.leaseNanos();
    leases.add(slot);
    return lease;
  }

  /** Takes a lease out and gives its permit back. */
  void end(LeaseSlot slot, StrategyState state, long now) {
    leases.remove(slot);
    slot.end();
    free(slot);
    waiting.returned(state, now);
  }

  /** The usual case is that the newest lease ends first, and then nothing is written. */
  private void free(LeaseSlot slot) {
    LeaseSlot newest = slots[--used];
    if (newest != slot) {
      slots[used] = slot;
      slots[slot.place] = newest;
      newest.place = slot.place;
      slot.place = used;
    }
  }

  /** Begins the life of a lease anew. */
  void live(LeaseSlot slot, long now) {
    leases.remove(slot);
    slot.endsAt = now + settings.leaseNanos();
    leases.add(slot);
  }

  /** Takes back what was leaked. A lease with a task under way is not: its thread still works. */
  void reclaim(long now) {
    for (LeaseSlot slot = leases.first();
        slot != null && slot.endsAt - now <= 0;
        slot = leases.first()) {
      StrategyState state = slot.state;
      if (slot.task != null || state == null) {
        live(slot, now);
      } else {
        end(slot, state, now);
        state.leaks++;
      }
    }
  }

  /** Gives free permits to those who wait. */
  List<Handover> deal(QuotaPool pool, long now) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Handover> granted = new ArrayList<>();
    while (used < settings.permits()) {
      StrategyState next = closed ? null : waiting.next(settings.gpu(), now);
      if (next == null) {
        break;
      }
      QuotaLease lease = grant(pool, next, now);
      Waiter waiter = waiting.take(next);
      waiter.lease = lease;
      if (waiter.wake != null) {
        waiter.wake.signal();
      } else if (waiter.task != null) {
        next.queued--;
        granted.add(new Handover(handovers, waiter, waiter.task, lease));
      }
    }
    return granted;
  }
}
