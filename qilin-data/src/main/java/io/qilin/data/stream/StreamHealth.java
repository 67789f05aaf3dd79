package io.qilin.data.stream;

import io.qilin.data.stream.StreamSignal.Figure;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/** Latency and loss over the last 100 messages, told when a limit is passed; not before there are 100. */
final class StreamHealth {
  private static final int LAST = 100;
  private static final double LATENCY_LIMIT_MS = 500;
  private static final double LOSS_LIMIT = 0.01;
  private static final double NANOS_OF_MS = 1e6;

  /** A longer latency counts as this, so that sums cannot overflow. */
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
    long bounded = Math.min(latencyNanos, LONGEST);
    long boundedGap = Math.min(gap, LONGEST);
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

  void save(DataOutput out) throws IOException {
    for (int i = 0; i < LAST; i++) {
      out.writeLong(latency[i]);
      out.writeLong(gaps[i]);
    }
    out.writeInt(at);
    out.writeBoolean(full);
    out.writeBoolean(slow);
    out.writeBoolean(lossy);
  }

  void load(DataInput in) throws IOException {
    latencySum = 0;
    gapSum = 0;
    for (int i = 0; i < LAST; i++) {
      latency[i] = in.readLong();
      gaps[i] = in.readLong();
      latencySum += latency[i];
      gapSum += gaps[i];
    }
    at = in.readInt();
    full = in.readBoolean();
    slow = in.readBoolean();
    lossy = in.readBoolean();
  }
}
