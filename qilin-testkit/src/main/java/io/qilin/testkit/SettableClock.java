package io.qilin.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it. Copies in other zones made by {@link #withZone} show the same moment
 * and move together. Thread-safe: the moment is one atomic reference.
 */
public final class SettableClock extends Clock {
  /** The zone in which trading dates are meant. */
  public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private SettableClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = Objects.requireNonNull(zone, "zone");
  }

  /** A clock that shows the moment, in the zone Asia/Shanghai. */
  public static SettableClock at(Instant moment) {
    return new SettableClock(
        new AtomicReference<>(Objects.requireNonNull(moment, "moment")), SHANGHAI);
  }

  /**
   * A clock that shows the moment, in the zone Asia/Shanghai.
   *
   * @param moment in ISO form with offset, for example {@code 2024-01-02T15:00:00+08:00}
   * @throws java.time.format.DateTimeParseException if the text has another form
   */
  public static SettableClock at(String moment) {
    return at(java.time.OffsetDateTime.parse(moment).toInstant());
  }

  /** Moves the clock to the moment, forward or backward. */
  public void set(Instant moment) {
    now.set(Objects.requireNonNull(moment, "moment"));
  }

  /** Moves the clock by a length of time; a negative length moves it back. */
  public void advance(Duration by) {
    now.updateAndGet(moment -> moment.plus(by));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public SettableClock withZone(ZoneId other) {
    return new SettableClock(now, other);
  }

  /** For example {@code SettableClock[2024-01-02T07:00:00Z, Asia/Shanghai]}. */
  @Override
  public String toString() {
    return "SettableClock[" + now.get() + ", " + zone + "]";
  }
}
