package io.qilin.ops.metrics;

/** What a gauge reads: NaN, not known, until it is set. The gauge and its recorder both hold it. Thread-safe: one volatile field. */
final class HeldValue {
  private volatile double value = Double.NaN;

  void set(double newest) {
    value = newest;
  }

  double value() {
    return value;
  }
}
