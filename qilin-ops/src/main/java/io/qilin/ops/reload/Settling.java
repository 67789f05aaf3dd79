package io.qilin.ops.reload;

import org.jspecify.annotations.Nullable;

/**
 * When what files hold is to be read: once it differs from what was read last and has stayed the same for a while, so that no half
 * of a write is taken for the whole. Knows no file and no clock: it is told what was seen, and at which monotonic nanosecond. Not
 * thread-safe.
 */
final class Settling {
  private final long quietNanos;

  private @Nullable String taken;
  private @Nullable String seen;
  private long seenSince;
  private long unsettledSince;

  Settling(long quietNanos) {
    this.quietNanos = quietNanos;
  }

  /** Whether what is seen now is to be read now. */
  boolean settled(String now, long nanos) {
    if (now.equals(taken)) {
      seen = null;
      return false;
    }
    if (!now.equals(seen)) {
      unsettledSince = seen == null ? nanos : unsettledSince;
      seen = now;
      seenSince = nanos;
    }
    return nanos - seenSince >= quietNanos;
  }

  /** It was read, well or not. */
  void took(String fingerprint) {
    taken = fingerprint;
    seen = null;
  }

  /** What was read last does not count any more. */
  void forget() {
    taken = null;
    seen = null;
  }

  /** How long until what was seen has settled; no longer than {@code most}. */
  long dueIn(long nanos, long most) {
    long due = seen == null ? most : quietNanos - (nanos - seenSince);
    return Math.max(0, Math.min(due, most));
  }

  /** How long it has been changing without an end, zero if it is not. */
  long unsettledFor(long nanos) {
    return seen == null ? 0 : nanos - unsettledSince;
  }
}
