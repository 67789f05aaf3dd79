package io.qilin.data.stream;

import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes values of merged panes, looks for anomalies in them, and hands them on. */
final class WindowTeller implements PaneTable.Told {
  private final StreamKeys keys;
  private final List<AnomalyDetector> detectors;
  private final Consumer<ClosedWindow> next;
  private final long[] cell = new long[PaneCells.WIDTH];
  private long told;

  WindowTeller(StreamKeys keys, List<AnomalyRule> rules, Consumer<ClosedWindow> next) {
    this.keys = keys;
    this.detectors = rules.stream().map(AnomalyDetector::new).toList();
    this.next = next;
  }

  @Override
  public void window(OpenSession session, long window, long[] merged, int[] present, int count) {
    List<WindowAggregate> aggregates = new ArrayList<>(count);
    List<Anomaly> anomalies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int key = present[i];
      Symbol symbol = keys.symbol(key);
      System.arraycopy(merged, key * PaneCells.WIDTH, cell, 0, PaneCells.WIDTH);
      WindowAggregate aggregate = PaneCells.aggregate(cell, symbol);
      aggregates.add(aggregate);
      for (AnomalyDetector detector : detectors) {
        detector.judge(session, window, key, aggregate, anomalies);
      }
    }
    told++;
    next.accept(new ClosedWindow(
        session.phase,
        EpochNanos.instant(session.start),
        window,
        EpochNanos.instant(session.windowStart(window)),
        EpochNanos.instant(session.windowEnd(window)),
        session.cut(window),
        aggregates,
        anomalies));
  }

  long told() {
    return told;
  }

  void save(CheckpointWriter out) {
    out.int64(told);
    for (AnomalyDetector detector : detectors) {
      detector.save(out, keys.size());
    }
  }

  void load(CheckpointReader in) {
    told = in.count("count of windows");
    for (AnomalyDetector detector : detectors) {
      detector.load(in, keys.size());
    }
  }
}
