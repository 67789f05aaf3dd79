package io.qilin.data.bars;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;

/**
 * The days on which an instrument is in a data set, both ends included.
 *
 * @param first its first day
 * @param last its last day
 */
public record InstrumentSpan(LocalDate first, LocalDate last) {
  /**
   * Checks the order.
   *
   * @throws QilinException INVALID_ARGUMENT if last is before first
   */
  public InstrumentSpan {
    if (last.isBefore(first)) {
      throw QilinException.invalid("an instrument's last day " + last + " is before " + first);
    }
  }

  /** The shortest span that holds both. */
  public InstrumentSpan join(InstrumentSpan other) {
    return new InstrumentSpan(
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last);
  }

  /** Whether a day is in the span. */
  public boolean holds(LocalDate day) {
    return !day.isBefore(first) && !day.isAfter(last);
  }
}
