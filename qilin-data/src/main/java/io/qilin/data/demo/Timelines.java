package io.qilin.data.demo;

import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** Tells the story of a made-up share as dated statuses: name prefix, warning and free float. */
final class Timelines {
  /** Half of every made-up company is in firm hands. */
  private static final int TOTAL_TO_FREE_FLOAT = 2;

  private Timelines() {}

  /**
   * The timeline of a share.
   *
   * @param changes days on which the free float changed, ascending
   */
  static SecurityTimeline of(
      ListingPlan plan, List<SharePath.FloatChange> changes, List<LocalDate> days) {
    SortedSet<Integer> starts = new TreeSet<>();
    starts.add(plan.firstDay());
    for (ListingPlan.WarningPhase phase : plan.warnings()) {
      starts.add(phase.from());
      if (phase.to() < plan.endDay()) {
        starts.add(phase.to());
      }
    }
    changes.forEach(change -> starts.add(change.day()));
    List<SecurityStatus> statuses = new ArrayList<>();
    for (int day : starts) {
      LocalDate from =
          day == plan.firstDay() ? plan.listDate().orElse(days.get(day)) : days.get(day);
      statuses.add(status(plan, changes, day, from));
    }
    return SecurityTimeline.of(statuses);
  }

  private static SecurityStatus status(
      ListingPlan plan, List<SharePath.FloatChange> changes, int day, LocalDate from) {
    RiskWarning warning = plan.warningOn(day);
    long freeFloat = plan.freeFloat();
    for (SharePath.FloatChange change : changes) {
      if (change.day() <= day) {
        freeFloat = change.freeFloat();
      }
    }
    return new SecurityStatus(
        plan.symbol(),
        from,
        plan.board(),
        prefixed(plan.name(), warning),
        warning,
        plan.listDate(),
        Optional.empty(),
        OptionalLong.of(TOTAL_TO_FREE_FLOAT * freeFloat),
        OptionalLong.empty(),
        OptionalLong.of(freeFloat));
  }

  private static String prefixed(String name, RiskWarning warning) {
    return switch (warning) {
      case NONE -> name;
      case ST -> "ST" + name.substring(0, Math.min(4, name.length()));
      case STAR_ST -> "*ST" + name.substring(0, 2);
      case DELISTING -> "退市" + name.substring(0, 2);
    };
  }
}
