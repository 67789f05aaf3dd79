package io.qilin.mlops.dataset;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;

/**
 * Days from a first to a last one, both of them included.
 *
 * @param first the first day
 * @param last the last day, not before the first
 */
public record DayRange(LocalDate first, LocalDate last) {
  /**
   * Checks the order.
   *
   * @throws QilinException INVALID_ARGUMENT if the last day is before the first
   */
  public DayRange {
    if (last.isBefore(first)) {
      throw QilinException.invalid("the last day " + last + " is before the first, " + first);
    }
  }

  /** Whether a day lies in it. */
  public boolean contains(LocalDate day) {
    return !day.isBefore(first) && !day.isAfter(last);
  }

  @Override
  public String toString() {
    return first + ".." + last;
  }
}
