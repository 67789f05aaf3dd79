package io.qilin.core.rules;

import java.time.LocalDate;
import java.util.List;

/** What gives the first days after it a price limit of their own, or none. */
public enum LimitEvent {
  /** First trading day of a new listing (新股上市). */
  LISTING,
  /** First trading day of the delisting consolidation period (退市整理期). */
  DELISTING,
  /** First trading day of a re-listing (恢复上市, 重新上市). */
  RELISTING;

  /**
   * Which day counted from an event the session after a history is, for {@link BoardRules#limits}: 1
   * if the event is in that session, 2 if it was on the last day of the history, and so on. Days
   * before the history count as weekdays.
   *
   * @param event the day of the event, not after the session
   * @param history trading days up to the last one before the session, ascending, not empty
   * @return 0 if the event is further back than any rule of first days reaches
   */
  public static int sessionSince(LocalDate event, List<LocalDate> history) {
    Standing.Event known = Standing.Event.of(event, history);
    int day = 1 + known.weekdaysBefore() + history.size() - known.day();
    return day > RuleTables.MOST_FIRST_DAYS ? 0 : day;
  }
}
