package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Locale;

/**
 * How much memory something will take, known before any of it is taken.
 *
 * @param what what it is
 * @param bytes all together
 * @param instead what to do where it is too much
 */
record MemoryEstimate(String what, double bytes, String instead) {
  private static final double MIB = 1 << 20;

  /** A result. */
  static MemoryEstimate ofTable(int columns, int rows, int days) {
    return new MemoryEstimate(
        columns + " factors × " + rows + " instruments × " + days + " days",
        8.0 * columns * rows * days,
        "take the results block by block with FactorPlan.forEachBlock");
  }

  /** What a plan works with. */
  static MemoryEstimate ofState(long bytesPerInstrument, int instruments) {
    return new MemoryEstimate(
        "the windows of " + instruments + " instruments side by side",
        (double) bytesPerInstrument * instruments,
        "compute fewer factors or instruments at a time");
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
              "%s need %.0f MiB, the heap has at most %.0f; %s, or give Java more with -Xmx",
              what,
              bytes / MIB,
              most / MIB,
              instead));
    }
  }
}
