package io.qilin.ops.quota;

import org.jspecify.annotations.Nullable;

/**
 * The place of one lease at a time, used again by later ones. Places live as long as the pool and leases hold them, not the other way
 * round: a lease is a short-lived object, and a long-lived one that is made to point at it costs more than the rest of the check, by the
 * write barrier of the garbage collector. Used under the lock of the pool.
 */
final class LeaseSlot {
  @Nullable
  StrategyState state;

  /** Where the pool keeps it now. */
  int place;

  boolean closing;
  long endsAt;

  @Nullable
  TaskMeter task;

  @Nullable
  LeaseSlot previous;

  @Nullable
  LeaseSlot next;

  /** Grows when a lease begins and when it ends, so that an old lease does not take the place for its own. */
  private long generation;

  LeaseSlot(int place) {
    this.place = place;
  }

  /** A lease begins; what it is known by. */
  long begin(StrategyState owner) {
    if (state != owner) {
      state = owner;
    }
    closing = false;
    return ++generation;
  }

  void end() {
    generation++;
  }

  boolean holds(QuotaLease lease) {
    return generation == lease.generation;
  }
}
