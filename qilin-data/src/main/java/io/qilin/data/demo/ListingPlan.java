package io.qilin.data.demo;

import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is decided about one share before its prices are made.
 *
 * @param symbol its code
 * @param board where it is listed, throughout
 * @param name its name without any prefix
 * @param sector its sector
 * @param listDate first trading day of the listing, if the calendar reaches back to it
 * @param isNew whether it is listed within the span, so that its first row is its first trading day
 * @param firstDay index of its first day
 * @param endDay index after its last day; earlier than the end of the market if it is delisted
 * @param startFen close before its first day, or its issue price, in fen
 * @param freeFloat freely tradable shares on its first day
 * @param warnings phases of risk warnings in order, without overlap
 */
record ListingPlan(
    Symbol symbol,
    Board board,
    String name,
    int sector,
    Optional<LocalDate> listDate,
    boolean isNew,
    int firstDay,
    int endDay,
    long startFen,
    long freeFloat,
    List<WarningPhase> warnings) {

  /**
   * Days under a risk warning.
   *
   * @param warning which one
   * @param from index of the first day
   * @param to index after the last day
   */
  record WarningPhase(RiskWarning warning, int from, int to) {}

  ListingPlan {
    warnings = List.copyOf(warnings);
  }

  /** The warning that holds on the day. */
  RiskWarning warningOn(int day) {
    for (int i = 0; i < warnings.size(); i++) {
      WarningPhase phase = warnings.get(i);
      if (day >= phase.from() && day < phase.to()) {
        return phase.warning();
      }
    }
    return RiskWarning.NONE;
  }

  /** Whether trading stops for one day because a warning begins on the next. */
  boolean isEveOfWarning(int day) {
    for (int i = 0; i < warnings.size(); i++) {
      if (warnings.get(i).from() == day + 1) {
        return day > firstDay;
      }
    }
    return false;
  }
}
