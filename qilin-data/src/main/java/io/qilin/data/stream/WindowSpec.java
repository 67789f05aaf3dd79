package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * How event time is cut into windows.
 *
 * <p>Windows lie on a grid that begins anew with each {@link StreamSession}. With {@code k = size / slide}, window {@code
 * j = 0, 1, …} of a session that starts at {@code s} and ends at {@code e} is what {@code [s + (j − k + 1)·slide, s + (j +
 * 1)·slide)} and {@code [s, e)} have in common. So each record lies in exactly {@code k} windows; the first {@code k − 1}
 * and the last of a session are shorter, and none holds records of two sessions. A window without records is not told.
 *
 * <p>A record belongs to a session if its time is in {@code [s, e + grace)} and not in the next one: what is matched at the
 * stroke of 11:30 is published up to a few seconds later, and counts for the last windows of the morning.
 *
 * <p>A window is told when the watermark has reached its end, or {@code e + grace} if the session cuts it. The watermark is
 * the greatest event time seen, less the lateness; with several sources the least of theirs. A record is late if its event
 * time lies before the watermark.
 *
 * @param size length of a window, a multiple of slide
 * @param slide distance from one window to the next
 * @param lateness how far a record may lie behind the newest of its source
 * @param grace how long after the end of a session records still belong to it, positive
 */
public record WindowSpec(Duration size, Duration slide, Duration lateness, Duration grace) {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_PANES = 64;

  /** 60 s every 30 s, with 3 s of lateness (one snapshot of level 1) and 3 s of grace. */
  public static final WindowSpec DEFAULT = new WindowSpec(
      Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofSeconds(3));

  /**
   * Checks the lengths.
   *
   * @throws QilinException INVALID_ARGUMENT unless 1 ms ≤ slide ≤ size ≤ 1 day, size is 1 to 64 times slide, 0 ≤ lateness ≤
   *     1 day and 0 &lt; grace ≤ 1 day
   */
  public WindowSpec {
    within("slide", slide, Duration.ofMillis(1));
    within("size", size, slide);
    within("lateness", lateness, Duration.ZERO);
    within("grace", grace, Duration.ofNanos(1));
    long panes = size.toNanos() / slide.toNanos();
    if (panes * slide.toNanos() != size.toNanos() || panes > MOST_PANES) {
      throw QilinException.invalid("the size of a window is 1 to " + MOST_PANES
          + " times its slide, was " + size + " and " + slide);
    }
  }

  private static void within(String name, Duration length, Duration least) {
    if (length.compareTo(least) < 0 || length.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(
          "the " + name + " of a window is " + least + " to " + LONGEST + ", was " + length);
    }
  }

  /** This with another lateness. */
  public WindowSpec withLateness(Duration allowed) {
    return new WindowSpec(size, slide, allowed, grace);
  }

  /** How many panes of one slide a window has. */
  int panes() {
    return (int) (size.toNanos() / slide.toNanos());
  }
}
