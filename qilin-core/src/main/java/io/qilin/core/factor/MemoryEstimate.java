package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Locale;

/**
 * How much memory a result will take, known before any of it is taken.
 *
 * @param columns factors
 * @param rows instruments
 * @param days days
 * @param bytes all together
 */
record MemoryEstimate(int columns, int rows, int days, long bytes) {
  private static final double MIB = 1 << 20;

  static MemoryEstimate ofTable(int columns, int rows, int days) {
    return new MemoryEstimate(columns, rows, days, 8L * columns * rows * days);
  }

  /**
   * Refuses what the heap cannot hold.
   *
   * @throws QilinException RESOURCE_EXHAUSTED
   */
  void check() {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          String.format(
              Locale.ROOT,
              "%d factors × %d instruments × %d days need %.0f MiB, the heap has at most %.0f; take the"
                  + " results block by block with FactorPlan.forEachBlock, or give Java more with"
                  + " -Xmx",
              columns,
              rows,
              days,
              bytes / MIB,
              most / MIB));
    }
  }
}
