package io.qilin.core.rules;

import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What decides a share's limits from one day of a panel on, until its next standing.
 *
 * @param fromDay index of the first day
 * @param board where it is listed; empty if it is no A-share
 * @param warning its risk warning
 * @param limitCase what else decides its price limit
 * @param listing when it was listed, if known
 * @param delisting when its delisting consolidation period began, if it is in one
 */
record Standing(
    int fromDay,
    Optional<Board> board,
    RiskWarning warning,
    LimitCase limitCase,
    Optional<Event> listing,
    Optional<Event> delisting) {
  /**
   * When something happened, in terms of a panel.
   *
   * @param day index of the first day not before it
   * @param weekdaysBefore weekdays from it to the start of the panel, counted no further than any
   *     rule reaches
   */
  record Event(int day, int weekdaysBefore) {
    static Event of(LocalDate date, List<LocalDate> days) {
      int at = Collections.binarySearch(days, date);
      int before = 0;
      for (LocalDate d = date;
          d.isBefore(days.get(0)) && before <= RuleTables.MOST_FIRST_DAYS;
          d = d.plusDays(1)) {
        before += isWeekend(d) ? 0 : 1;
      }
      return new Event(at >= 0 ? at : -at - 1, before);
    }

    private static boolean isWeekend(LocalDate day) {
      return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
  }

  /**
   * The standings of a share over a panel, oldest first; the first holds before its first status.
   */
  static List<Standing> of(
      Symbol symbol, Optional<SecurityTimeline> timeline, List<LocalDate> days) {
    List<Standing> out = new ArrayList<>();
    out.add(new Standing(
        0,
        MarketRuleBook.boardOf(symbol),
        RiskWarning.NONE,
        LimitCase.ORDINARY,
        Optional.empty(),
        Optional.empty()));
    Optional<Event> delisting = Optional.empty();
    for (SecurityStatus status : timeline.map(SecurityTimeline::statuses).orElse(List.of())) {
      Event start = Event.of(status.from(), days);
      if (status.riskWarning() != RiskWarning.DELISTING) {
        delisting = Optional.empty();
      } else if (delisting.isEmpty()) {
        delisting = Optional.of(start);
      }
      out.add(new Standing(
          start.day(),
          Optional.of(status.board()),
          status.riskWarning(),
          LimitCase.of(status),
          status.listDate().map(date -> Event.of(date, days)),
          delisting));
    }
    return List.copyOf(out);
  }
}
