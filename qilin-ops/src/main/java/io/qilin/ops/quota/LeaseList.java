package io.qilin.ops.quota;

import org.jspecify.annotations.Nullable;

/** The open leases in the order in which their lives end. Used under the lock of the pool; every step takes the same time. */
final class LeaseList {
  private @Nullable QuotaLease first;
  private @Nullable QuotaLease last;

  @Nullable
  QuotaLease first() {
    return first;
  }

  void add(QuotaLease lease) {
    lease.previous = last;
    lease.next = null;
    if (last == null) {
      first = lease;
    } else {
      last.next = lease;
    }
    last = lease;
  }

  void remove(QuotaLease lease) {
    QuotaLease before = lease.previous;
    QuotaLease after = lease.next;
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
    lease.previous = null;
    lease.next = null;
  }
}
