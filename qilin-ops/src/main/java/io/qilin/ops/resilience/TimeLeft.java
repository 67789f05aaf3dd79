package io.qilin.ops.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How long a call may still take, by a ticker. Differences only: a ticker may begin anywhere and wrap around. */
record TimeLeft(LongSupplier ticker, long begun, Optional<Long> limit) {
  /** What a fallback gets when the time is used up: a kept copy should still be served, and nobody waits much longer. */
  private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(50);

  /** Longer than any limit of a policy, and still far from overflow when it is added to. */
  private static final long ENDLESS = Long.MAX_VALUE / 4;

  static TimeLeft of(LongSupplier ticker, Optional<Duration> one, Optional<Duration> other) {
    Optional<Long> least = one.map(TimeLeft::nanosOf);
    Optional<Long> second = other.map(TimeLeft::nanosOf);
    if (least.isPresent() && second.isPresent()) {
      least = Optional.of(Math.min(least.get(), second.get()));
    } else if (second.isPresent()) {
      least = second;
    }
    return new TimeLeft(ticker, ticker.getAsLong(), least);
  }

  private static long nanosOf(Duration length) {
    return length.compareTo(Duration.ofNanos(ENDLESS)) > 0 ? ENDLESS : length.toNanos();
  }

  /** Nanoseconds; none are left if it is not positive. */
  long nanos() {
    return limit.map(most -> most - (ticker.getAsLong() - begun)).orElse(ENDLESS);
  }

  /** The same, but no longer than another limit. */
  long atMost(Optional<Duration> other) {
    return Math.min(nanos(), other.map(TimeLeft::nanosOf).orElse(ENDLESS));
  }

  boolean endless() {
    return limit.isEmpty();
  }

  /** At least 50 ms from now, if there is a limit at all. */
  TimeLeft withGrace() {
    long now = ticker.getAsLong();
    return new TimeLeft(ticker, now, limit.map(most -> Math.max(GRACE, most - (now - begun))));
  }
}
