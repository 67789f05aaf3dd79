package io.qilin.core.internal.row;

/**
 * Where the values of a series are: the row of tick t holds those of the day {@code delay} before. A delay is there only
 * where the future is read, for labels.
 *
 * @param rows the rows
 * @param delay how many days the series is behind
 * @param span where the series has rows
 */
record Value(Rows rows, int delay, Span span) {
  /** Keeps the rows of so many ticks before. */
  Value keep(int ticks) {
    rows.keep(ticks);
    return this;
  }

  double[] at(int tick) {
    return rows.at(tick);
  }
}
