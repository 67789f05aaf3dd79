package io.qilin.data.internal.bars;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.bars.OffCalendarRows;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Keeps the rows within the given calendar and the given spans of the instruments. */
final class CalendarGate {
  private static final String RULE = "row-outside-calendar";

  private final BarSettings settings;
  private final BarTable table;
  private final FindingLog log;

  private CalendarGate(BarSettings settings, BarTable table, FindingLog log) {
    this.settings = settings;
    this.table = table;
    this.log = log;
  }

  static CalendarGate of(BarSettings settings, BarTable table, FindingLog log) {
    return new CalendarGate(settings, table, log);
  }

  /**
   * Leaves out the rows that are outside, or refuses them.
   *
   * @throws QilinException NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE under {@link
   *     OffCalendarRows#REFUSE}
   */
  void apply(RowOrder order) {
    if (settings.calendar().isEmpty() && settings.spans().isEmpty()) {
      return;
    }
    for (int s = 0; s < order.instruments(); s++) {
      Symbol symbol = table.symbols().get(s);
      order.keep(s, row -> inside(row, symbol));
    }
  }

  private boolean inside(int row, Symbol symbol) {
    LocalDate day = table.day(row);
    if (settings.calendar().isPresent()) {
      List<LocalDate> days = settings.calendar().get();
      int at = Collections.binarySearch(days, day);
      if (at < 0) {
        return outside(row, code(days, -at - 1), offDay(days, day, -at - 1));
      }
    }
    InstrumentSpan span = settings.spans().get(symbol);
    if (!settings.spans().isEmpty() && span == null) {
      return outside(
          row, ErrorCode.DATE_OUT_OF_RANGE, symbol + " is not in the list of instruments");
    }
    if (span != null && !span.holds(day)) {
      return outside(
          row,
          ErrorCode.DATE_OUT_OF_RANGE,
          day
              + " is outside the span of "
              + symbol
              + ", which is "
              + span.first()
              + " to "
              + span.last());
    }
    return true;
  }

  private static ErrorCode code(List<LocalDate> days, int next) {
    return next == 0 || next == days.size()
        ? ErrorCode.DATE_OUT_OF_RANGE
        : ErrorCode.NOT_A_TRADING_DAY;
  }

  private static String offDay(List<LocalDate> days, LocalDate day, int next) {
    if (next == 0 || next == days.size()) {
      return day
          + " is outside the calendar, which runs from "
          + days.get(0)
          + " to "
          + days.get(days.size() - 1);
    }
    return day
        + " is no trading day of the calendar; the nearest are "
        + days.get(next - 1)
        + " and "
        + days.get(next);
  }

  private boolean outside(int row, ErrorCode code, String why) {
    if (settings.offCalendar() == OffCalendarRows.REFUSE) {
      throw table.place(row).error(code, why);
    }
    log.row(
        RULE,
        QualityDimension.VALIDITY,
        QualitySeverity.ERROR,
        table.symbol(row),
        table.day(row),
        Optional.empty(),
        Double.NaN,
        log.keeps(RULE) ? table.place(row) + ": " + why + "; the row was left out" : "");
    return false;
  }
}
