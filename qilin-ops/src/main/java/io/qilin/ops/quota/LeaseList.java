package io.qilin.ops.quota;

import org.jspecify.annotations.Nullable;

/** Open leases, by their places, in the order in which their lives end. Used under the lock of the pool; every step takes the same time. */
final class LeaseList {
  private @Nullable LeaseSlot first;
  private @Nullable LeaseSlot last;

  @Nullable
  LeaseSlot first() {
    return first;
  }

  void add(LeaseSlot slot) {
    slot.previous = last;
    slot.next = null;
    if (last == null) {
      first = slot;
    } else {
      last.next = slot;
    }
    last = slot;
  }

  void remove(LeaseSlot slot) {
    LeaseSlot before = slot.previous;
    LeaseSlot after = slot.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
  }
}
