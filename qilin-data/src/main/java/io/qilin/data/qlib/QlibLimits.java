package io.qilin.data.qlib;

import io.qilin.api.error.QilinException;

/**
 * How much a Qlib store may ask for before it is refused with LIMIT_EXCEEDED.
 *
 * @param instruments folders of instruments, and lines of the list of instruments; 100,000 by default
 * @param fields files of one instrument; 4,096 by default
 * @param panelCells instruments × days × fields of an answer; 536,870,912 (4 GiB) by default
 */
public record QlibLimits(int instruments, int fields, long panelCells) {
  /** The defaults stated above. */
  public static final QlibLimits DEFAULT = new QlibLimits(100_000, 4096, 1L << 29);

  /**
   * Checks the limits.
   *
   * @throws QilinException INVALID_ARGUMENT for a limit below 1
   */
  public QlibLimits {
    if (Math.min(Math.min(instruments, fields), panelCells) < 1) {
      throw QilinException.invalid("limits of a store are at least 1");
    }
  }
}
