package io.qilin.data.stream;

import io.qilin.data.stream.StreamSignal.Figure;
import java.util.function.Consumer;

/** Latency and loss over the last 100 messages, told when a limit is passed; not before there are 100. */
final class StreamHealth {
  private static final int LAST = 100;
  private static final double LATENCY_LIMIT_MS = 500;
  private static final double LOSS_LIMIT = 0.01;
  private static final double NANOS_OF_MS = 1e6;

  /** A longer latency counts as this, in both directions, so that sums cannot overflow. */
  private static final long LONGEST = Long.MAX_VALUE / (2 * LAST);

  private final long[] latency = new long[LAST];
  private final long[] gaps = new long[LAST];
  private final Consumer<StreamSignal> signals;
  private long latencySum;
  private long gapSum;
  private int at;
  private boolean full;
  private boolean slow;
  private boolean lossy;

  StreamHealth(Consumer<StreamSignal> signals) {
    this.signals = signals;
  }

  void add(long latencyNanos, long gap, long time) {
    long bounded = Math.max(-LONGEST, Math.min(latencyNanos, LONGEST));
    long boundedGap = Math.max(-LONGEST, Math.min(gap, LONGEST));
    latencySum += bounded - latency[at];
    gapSum += boundedGap - gaps[at];
    latency[at] = bounded;
    gaps[at] = boundedGap;
    if (++at == LAST) {
      at = 0;
      full = true;
    }
    if (full) {
      judge(time);
    }
  }

  private void judge(long time) {
    boolean nowSlow = latencySum > LATENCY_LIMIT_MS * NANOS_OF_MS * LAST;
    if (nowSlow != slow) {
      slow = nowSlow;
      double mean = latencySum / (NANOS_OF_MS * LAST);
      tell(Figure.LATENCY, mean, LATENCY_LIMIT_MS, !slow, time);
    }
    long lost = Math.max(0, gapSum);
    boolean nowLossy = lost > LOSS_LIMIT * (LAST + lost);
    if (nowLossy != lossy) {
      lossy = nowLossy;
      tell(Figure.LOSS, (double) lost / (LAST + lost), LOSS_LIMIT, !lossy, time);
    }
  }

  private void tell(Figure what, double value, double limit, boolean well, long time) {
    signals.accept(new StreamSignal.Health(what, value, limit, well, EpochNanos.instant(time)));
  }

  void save(CheckpointWriter out) {
    for (int i = 0; i < LAST; i++) {
      out.int64(latency[i]);
      out.int64(gaps[i]);
    }
    out.int32(at);
    out.flag(full);
    out.flag(slow);
    out.flag(lossy);
  }

  void load(CheckpointReader in) {
    latencySum = 0;
    gapSum = 0;
    for (int i = 0; i < LAST; i++) {
      latency[i] = in.int64("latency", -LONGEST, LONGEST);
      gaps[i] = in.int64("gap", -LONGEST, LONGEST);
      latencySum += latency[i];
      gapSum += gaps[i];
    }
    at = in.int32("place of the next latency", 0, LAST - 1);
    full = in.flag("mark of 100 latencies");
    slow = in.flag("mark of a long latency");
    lossy = in.flag("mark of a loss");
  }
}
