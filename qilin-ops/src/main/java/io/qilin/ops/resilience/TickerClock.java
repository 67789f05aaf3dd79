package io.qilin.ops.resilience;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that only goes forward, for breakers: they ask a clock when to let probes through, and one that people and NTP set would
 * keep them open for a day when it is set back.
 */
final class TickerClock extends Clock {
  private final LongSupplier ticker;
  private final long start;

  TickerClock(LongSupplier ticker) {
    this.ticker = ticker;
    this.start = ticker.getAsLong();
  }

  /** Since the start: the ticker may begin anywhere and wrap around. */
  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(ticker.getAsLong() - start);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
