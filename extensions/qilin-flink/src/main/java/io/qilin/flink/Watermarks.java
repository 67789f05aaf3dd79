package io.qilin.flink;

/**
 * Nanoseconds of event time as Flink's milliseconds. Flink's watermark {@code w} says that no record of {@code w} or before
 * will come; Qilin's {@code n}, that none before {@code n} will. A slide that is due at a watermark of Qilin's is due in Flink
 * at the end of that millisecond, so a window is told up to one millisecond of event time later, with the same content.
 */
final class Watermarks {
  private static final long NANOS = 1_000_000;

  private Watermarks() {}

  /** Flink's watermark of one in nanoseconds. */
  static long millis(long nanos) {
    return nanos == Long.MIN_VALUE ? Long.MIN_VALUE : Math.floorDiv(nanos, NANOS) - 1;
  }

  /** The least of Flink's watermarks that has come to one in nanoseconds: when a timer for it fires. */
  static long timer(long dueNanos) {
    return -Math.floorDiv(-dueNanos, NANOS) - 1;
  }

  /** The watermark in nanoseconds that one of Flink has come to. */
  static long nanos(long millis) {
    long next = millis + 1;
    if (millis == Long.MAX_VALUE || next > Long.MAX_VALUE / NANOS) {
      return Long.MAX_VALUE - 1;
    }
    return next < Long.MIN_VALUE / NANOS ? Long.MIN_VALUE : next * NANOS;
  }
}
