package io.qilin.data.bars;

/**
 * What becomes of a row that lies outside the given calendar, or outside the given span of its
 * instrument.
 */
public enum OffCalendarRows {
  /** The read fails and names the row. */
  REFUSE,
  /** The row is left out, and a finding of severity ERROR names it. */
  REPORT
}
