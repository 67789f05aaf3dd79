package io.qilin.core.internal.row;

/**
 * Where the values of a series are: at tick t the row of tick {@code t - lag} holds those of day {@code t - delay}. A
 * delay is there only where the future is read, for labels.
 *
 * @param rows the rows
 * @param lag how many ticks ago they were written
 * @param delay how many days the series is behind
 * @param span where the series has rows
 */
record Value(Rows rows, int lag, int delay, Span span) {
  /** The same series with a longer delay. */
  Value delayed(int target) {
    return new Value(rows.keep(lag + target - delay), lag + target - delay, target, span);
  }

  /** Keeps the rows of so many ticks before. */
  Value keep(int ticks) {
    rows.keep(lag + ticks);
    return this;
  }

  double[] at(int tick) {
    return rows.at(tick - lag);
  }
}
