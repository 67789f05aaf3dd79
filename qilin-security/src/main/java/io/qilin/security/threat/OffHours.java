package io.qilin.security.threat;

import io.qilin.api.error.QilinException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Set;

/** The call comes outside the hours in which people work: 1, else 0. Keeps no state. */
public final class OffHours implements ThreatSignal {
  private final ZoneId zone;
  private final Set<DayOfWeek> days;
  private final LocalTime from;
  private final LocalTime to;

  /**
   * The signal.
   *
   * @param zone of the hours, for example {@code Asia/Shanghai}
   * @param days on which people work
   * @param from the first moment of work
   * @param to the first moment after it, later than the first on the same day
   * @throws QilinException INVALID_ARGUMENT if the hours end before they begin
   */
  public OffHours(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    if (!to.isAfter(from)) {
      throw QilinException.invalid(
          "hours of work end after they begin, were " + from + " to " + to);
    }
    this.zone = Objects.requireNonNull(zone, "zone");
    this.days = Set.copyOf(days);
    this.from = from;
    this.to = to;
  }

  @Override
  public String id() {
    return "off-hours";
  }

  @Override
  public double score(ThreatCall call) {
    ZonedDateTime there = call.at().atZone(zone);
    LocalTime time = there.toLocalTime();
    boolean working =
        days.contains(there.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
    return working ? 0 : 1;
  }
}
