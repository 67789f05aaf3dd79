package io.qilin.data.qlib;

/** What the volume of a Qlib store is counted in. A panel always counts shares as they were traded. */
public enum QlibVolume {
  /** Shares as they were traded, as a store has them that was made from a table by Qlib's dumper. */
  SHARES,
  /** Shares divided by the day's factor, so that price × volume is money; Qlib's official data of China has it so. */
  ADJUSTED
}
