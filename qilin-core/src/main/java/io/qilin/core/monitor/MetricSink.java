package io.qilin.core.monitor;

import java.util.Map;

/**
 * Where measurements go: the bridge to the host's metrics library. Must not throw and must not block
 * for long; called on the thread that records, from several threads at once.
 */
@FunctionalInterface
public interface MetricSink {
  /** A sink for hosts that measure nothing. */
  MetricSink NONE = (name, tags, value) -> {};

  /**
   * Takes one measurement.
   *
   * @param name for example {@code qilin.backtest.trade_event}
   * @param tags few values a key, so that a time series for each of them can be afforded
   * @param value the measurement
   */
  void record(String name, Map<String, String> tags, double value);
}
