package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The silences of a host. One that is over is forgotten. A clock that jumps can end a silence too early but never make it
 * longer than it was set for: its end is also counted by the ticker. Thread-safe: one lock.
 */
public final class Silences {
  /** The most silences at a time. */
  public static final int MOST = 1_000;

  private final Clock clock;
  private final LongSupplier ticker;
  private final List<Kept> kept = new ArrayList<>();

  /** A silence, and how long it can last at most from when it was set. */
  private record Kept(Silence silence, long setAt, long longestNanos) {}

  private Silences(Clock clock, LongSupplier ticker) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.ticker = Objects.requireNonNull(ticker, "ticker");
  }

  /**
   * No silence yet.
   *
   * @param clock by which they begin and end
   * @param ticker monotonic nanoseconds
   */
  public static Silences of(Clock clock, LongSupplier ticker) {
    return new Silences(clock, ticker);
  }

  /**
   * Adds a silence.
   *
   * @throws QilinException LIMIT_EXCEEDED if there are {@value #MOST}; INVALID_ARGUMENT if it is over, or ends in more than a
   *     year
   */
  public synchronized void add(Silence silence) {
    forget();
    Duration left = Duration.between(clock.instant(), silence.until());
    if (left.isNegative() || left.isZero() || left.compareTo(Duration.ofDays(365)) > 0) {
      throw QilinException.invalid(
          "a silence ends in the future and within a year, was in " + left);
    }
    if (kept.size() >= MOST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "there are " + MOST + " silences already; remove one first");
    }
    kept.add(new Kept(silence, ticker.getAsLong(), left.toNanos()));
  }

  /** Ends a silence before its time; true if it was there. */
  public synchronized boolean remove(Silence silence) {
    return kept.removeIf(each -> each.silence().equals(silence));
  }

  /** Those that have begun or will: a copy, oldest first. */
  public synchronized List<Silence> all() {
    forget();
    return kept.stream().map(Kept::silence).toList();
  }

  /** Whether a silence is for this alert now. */
  public synchronized boolean silences(Alert alert) {
    forget();
    Instant now = clock.instant();
    return kept.stream()
        .map(Kept::silence)
        .anyMatch(each -> !now.isBefore(each.from()) && each.matcher().matches(alert));
  }

  private void forget() {
    Instant now = clock.instant();
    long tick = ticker.getAsLong();
    kept.removeIf(each ->
        !now.isBefore(each.silence().until()) || tick - each.setAt() >= each.longestNanos());
  }
}
