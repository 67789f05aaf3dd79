package io.qilin.core.performance.validation;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.List;

/** What all cuts of time ask of their days. */
final class Folds {
  private Folds() {}

  /** Refuses days out of order, with which training would know the future. */
  static void requireAscending(List<LocalDate> days) {
    for (int i = 1; i < days.size(); i++) {
      if (!days.get(i).isAfter(days.get(i - 1))) {
        throw QilinException.invalid(
            "days must ascend, but " + days.get(i) + " follows " + days.get(i - 1));
      }
    }
  }
}
