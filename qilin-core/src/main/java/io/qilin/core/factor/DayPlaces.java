package io.qilin.core.factor;

import io.qilin.api.market.Panel;
import java.time.LocalDate;
import java.util.Collections;

/** Where a day stands in a panel that may lack it. */
final class DayPlaces {
  private DayPlaces() {}

  /** The place, or −1. */
  static int of(Panel panel, LocalDate day) {
    return Math.max(-1, Collections.binarySearch(panel.days(), day));
  }
}
