package io.qilin.core.rules;

import io.qilin.api.error.QilinException;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The phases of one trading day of one board, in Asia/Shanghai time.
 *
 * @param parts the phases in order of time, not overlapping; what lies between them is CLOSED
 */
public record Sessions(List<Part> parts) {
  private static final int MORNING = 9 * 3600 + 30 * 60;
  private static final int NOON = 11 * 3600 + 30 * 60;
  private static final int AFTERNOON = 13 * 3600;
  private static final int CLOSE = 15 * 3600;

  /**
   * One phase.
   *
   * @param phase what happens
   * @param start first moment
   * @param end first moment after it
   * @param mayEnter whether orders may be entered
   * @param mayCancel whether orders may be cancelled
   */
  public record Part(
      SessionPhase phase, LocalTime start, LocalTime end, boolean mayEnter, boolean mayCancel) {
    /**
     * Checks the order.
     *
     * @throws QilinException INVALID_ARGUMENT unless end is after start
     */
    public Part {
      Objects.requireNonNull(phase, "phase");
      if (!end.isAfter(start)) {
        throw QilinException.invalid("a phase ends after it starts, was " + start + " to " + end);
      }
    }

    private boolean holds(LocalTime time) {
      return !time.isBefore(start) && time.isBefore(end);
    }
  }

  /**
   * Sorts the phases.
   *
   * @throws QilinException INVALID_ARGUMENT if two overlap
   */
  public Sessions {
    parts = parts.stream().sorted(Comparator.comparing(Part::start)).toList();
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i).start().isBefore(parts.get(i - 1).end())) {
        throw QilinException.invalid("phases overlap at " + parts.get(i).start());
      }
    }
  }

  /** The phase at a time of day. */
  public SessionPhase phaseAt(LocalTime time) {
    return partAt(time).map(Part::phase).orElse(SessionPhase.CLOSED);
  }

  /** Whether an order may be entered at a time of day. */
  public boolean mayEnter(LocalTime time) {
    return partAt(time).map(Part::mayEnter).orElse(false);
  }

  /** Whether an order may be cancelled at a time of day. */
  public boolean mayCancel(LocalTime time) {
    return partAt(time).map(Part::mayCancel).orElse(false);
  }

  /** The day as it is if trading ends at a time of day. */
  Sessions until(LocalTime end) {
    return new Sessions(parts.stream()
        .filter(part -> part.start().isBefore(end))
        .map(part -> part.end().isAfter(end)
            ? new Part(part.phase(), part.start(), end, part.mayEnter(), part.mayCancel())
            : part)
        .toList());
  }

  private Optional<Part> partAt(LocalTime time) {
    Objects.requireNonNull(time, "time");
    return parts.stream().filter(part -> part.holds(time)).findFirst();
  }

  /**
   * Minutes of trading elapsed at a time of day, the lunch break left out: 09:30 is 0, 11:30 and
   * 13:00 are 120, 15:00 is 240; before and after, the nearest of these.
   *
   * @return 0 to 240, with the seconds as fraction
   */
  public static double minutesElapsed(LocalTime time) {
    int now = time.toSecondOfDay();
    int morning = Math.min(Math.max(now, MORNING), NOON) - MORNING;
    int afternoon = Math.min(Math.max(now, AFTERNOON), CLOSE) - AFTERNOON;
    return (morning + afternoon) / 60.0;
  }
}
