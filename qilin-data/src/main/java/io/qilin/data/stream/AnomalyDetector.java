package io.qilin.data.stream;

import io.qilin.core.rules.SessionPhase;
import io.qilin.data.stream.AnomalyRule.Measure;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule over all keys. */
final class AnomalyDetector {
  /** MAD of a normal distribution with standard deviation 1. */
  private static final double NORMAL_MAD = 0.6745;

  private final AnomalyRule rule;
  private @Nullable ValueHistory[] histories = new ValueHistory[0];
  private double[] closes = new double[0];
  private long[] sessions = new long[0];

  AnomalyDetector(AnomalyRule rule) {
    this.rule = rule;
  }

  /** Judges a window of a key and remembers it. */
  void judge(OpenSession session, long window, int key, WindowAggregate seen, List<Anomaly> found) {
    if (key >= closes.length) {
      grow(key);
    }
    double value = rule.measure() == Measure.LOG_RETURN
        ? logReturn(session, key, seen.close())
        : logVolume(session, window, seen.volume());
    if (Double.isNaN(value)) {
      return;
    }
    ValueHistory history = histories[key];
    if (history == null) {
      history = new ValueHistory(rule.history());
      histories[key] = history;
    }
    if (history.size() >= rule.least()) {
      double median = history.median();
      double spread = Math.max(history.deviation(median) / NORMAL_MAD, rule.spread());
      double z = (value - median) / spread;
      if (Math.abs(z) > rule.threshold()) {
        found.add(new Anomaly(seen.symbol(), rule.id(), value, median, z));
      }
    }
    history.add(value);
  }

  private double logReturn(OpenSession session, int key, double close) {
    double before = sessions[key] == session.start ? closes[key] : Double.NaN;
    closes[key] = close;
    sessions[key] = session.start;
    return StrictMath.log(close / before);
  }

  private static double logVolume(OpenSession session, long window, double volume) {
    boolean comparable = session.phase == SessionPhase.CONTINUOUS && !session.cut(window);
    return comparable ? StrictMath.log1p(volume) : Double.NaN;
  }

  private void grow(int key) {
    int wanted = Math.max(64, Integer.highestOneBit(key) * 2);
    int had = closes.length;
    histories = Arrays.copyOf(histories, wanted);
    closes = Arrays.copyOf(closes, wanted);
    sessions = Arrays.copyOf(sessions, wanted);
    Arrays.fill(sessions, had, wanted, Long.MIN_VALUE);
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(closes.length);
    for (int key = 0; key < closes.length; key++) {
      out.writeDouble(closes[key]);
      out.writeLong(sessions[key]);
      ValueHistory history = histories[key];
      out.writeBoolean(history != null);
      if (history != null) {
        history.save(out);
      }
    }
  }

  void load(DataInput in) throws IOException {
    int count = in.readInt();
    if (count > 0) {
      grow(count - 1);
    }
    for (int key = 0; key < count; key++) {
      closes[key] = in.readDouble();
      sessions[key] = in.readLong();
      if (in.readBoolean()) {
        ValueHistory history = new ValueHistory(rule.history());
        history.load(in);
        histories[key] = history;
      }
    }
  }
}
