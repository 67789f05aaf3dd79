package io.qilin.api.market;

import java.util.Objects;

/**
 * One field of a {@link Panel}: instruments × days. A view that costs no copy. Immutable and safe to share.
 */
public final class PanelColumn {
  private final double[] cells;
  private final int stride;
  private final int[] slots;
  private final int days;

  PanelColumn(double[] cells, int stride, int[] slots, int days) {
    this.cells = cells;
    this.stride = stride;
    this.slots = slots;
    this.days = days;
  }

  /**
   * One cell; {@code NaN} where nothing is known, also outside the instrument's span.
   *
   * @param instrument index in {@link Panel#symbols()}
   * @param day index in {@link Panel#days()}
   */
  public double value(int instrument, int day) {
    Objects.checkIndex(day, days);
    return cells[slots[instrument] * stride + day];
  }
}
