package io.qilin.data.table;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What a clock on a wall in Shanghai showed, and when that was: how every format reads a moment that is written without a
 * zone. Stateless.
 */
public final class ShanghaiClock {
  /** Nanoseconds of a day. */
  public static final long DAY = 86_400_000_000_000L;

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final long SECOND = 1_000_000_000L;
  private static final long OFFSET = 8 * 3600 * SECOND;

  /** 1992-01-01: since then the clocks were never changed. */
  private static final long STEADY = 8035 * DAY;

  private ShanghaiClock() {}

  /**
   * The moment at which the clock showed this; the earlier one where it showed it twice.
   *
   * @param reading nanoseconds since the clock showed 1970-01-01T00:00
   * @throws ArithmeticException if no such moment can be counted
   */
  public static long instant(long reading) {
    if (reading >= STEADY) {
      return reading - OFFSET;
    }
    LocalDateTime local = LocalDateTime.ofEpochSecond(
        Math.floorDiv(reading, SECOND), (int) Math.floorMod(reading, SECOND), ZoneOffset.UTC);
    int offset = local.atZone(ZONE).getOffset().getTotalSeconds();
    return Math.subtractExact(reading, offset * SECOND);
  }

  /** The day in Shanghai at a moment, as days since 1970-01-01, at most one day off in times when clocks were changed. */
  public static long day(long instant) {
    return Math.floorDiv(Math.floorDiv(instant, SECOND) + 8 * 3600, 86_400L);
  }
}
