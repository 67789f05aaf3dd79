package io.qilin.data.stream;

import io.qilin.core.rules.SessionPhase;
import io.qilin.data.stream.AnomalyRule.Measure;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule over all keys. */
final class AnomalyDetector {
  /** MAD of a normal distribution with standard deviation 1. */
  private static final double NORMAL_MAD = 0.6745;

  /** The session of a key that had no window. */
  private static final long NEVER = Long.MIN_VALUE;

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
    int wanted = key == 0 ? 1 : Math.max(64, Integer.highestOneBit(key) * 2);
    int had = closes.length;
    histories = Arrays.copyOf(histories, wanted);
    closes = Arrays.copyOf(closes, wanted);
    sessions = Arrays.copyOf(sessions, wanted);
    Arrays.fill(sessions, had, wanted, NEVER);
  }

  /** Writes what it knows of the first keys. */
  void save(CheckpointWriter out, int keys) {
    for (int key = 0; key < keys; key++) {
      boolean seen = key < closes.length;
      out.float64(seen ? closes[key] : 0);
      out.int64(seen ? sessions[key] : NEVER);
      ValueHistory history = seen ? histories[key] : null;
      out.flag(history != null);
      if (history != null) {
        history.save(out);
      }
    }
  }

  void load(CheckpointReader in, int keys) {
    if (keys > 0) {
      grow(keys - 1);
    }
    for (int key = 0; key < keys; key++) {
      double close = in.float64("close before");
      if (!(close >= 0 && close < Double.POSITIVE_INFINITY)) {
        throw in.wrong("close before", "a price", close);
      }
      closes[key] = close;
      sessions[key] = in.int64("session of the close before");
      if (in.flag("mark of a history")) {
        ValueHistory history = new ValueHistory(rule.history());
        history.load(in);
        histories[key] = history;
      }
    }
  }
}
