package io.qilin.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * A clock that stands still until a test moves it. Copies in other zones made by {@link #withZone} show the same moment
 * and move together. Thread-safe: the moment is one volatile field, moved under one lock.
 */
public final class SettableClock extends Clock {
  /** The zone in which trading dates are meant. */
  public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final Hand hand;
  private final ZoneId zone;

  /** The moment that a clock and its copies show. */
  private static final class Hand {
    private volatile Instant now;

    Hand(Instant now) {
      this.now = Objects.requireNonNull(now, "moment");
    }

    synchronized void set(Instant moment) {
      now = Objects.requireNonNull(moment, "moment");
    }

    synchronized void advance(Duration by) {
      now = now.plus(by);
    }
  }

  private SettableClock(Hand hand, ZoneId zone) {
    this.hand = hand;
    this.zone = Objects.requireNonNull(zone, "zone");
  }

  /** A clock that shows the moment, in the zone Asia/Shanghai. */
  public static SettableClock at(Instant moment) {
    return new SettableClock(new Hand(moment), SHANGHAI);
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
    hand.set(moment);
  }

  /** Moves the clock by a length of time; a negative length moves it back. */
  public void advance(Duration by) {
    hand.advance(by);
  }

  @Override
  public Instant instant() {
    return hand.now;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public SettableClock withZone(ZoneId other) {
    return new SettableClock(hand, other);
  }

  /** For example {@code SettableClock[2024-01-02T07:00:00Z, Asia/Shanghai]}. */
  @Override
  public String toString() {
    return "SettableClock[" + hand.now + ", " + zone + "]";
  }
}
