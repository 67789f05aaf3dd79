package io.qilin.data.quality.table;

import io.qilin.data.table.ColumnType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** Days and moments as the columns hold them, in Shanghai. */
final class Moments {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final LocalTime CLOSE = LocalTime.of(15, 0);

  private static final long NANOS = 1_000_000_000;
  private static final long NANOS_PER_DAY = 86_400 * NANOS;

  /** Shanghai has had no other offset since 1992; earlier moments are not of interest here. */
  private static final long OFFSET_NANOS = 8 * 3600 * NANOS;

  private Moments() {}

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  /** The day in Shanghai of a cell of a DATE or TIMESTAMP column, as days since 1970. */
  static long day(ColumnType type, long cell) {
    return type == ColumnType.DATE ? cell : Math.floorDiv(cell + OFFSET_NANOS, NANOS_PER_DAY);
  }

  /** When the session of a day ends. */
  static Instant close(LocalDate day) {
    return day.atTime(CLOSE).atZone(SHANGHAI).toInstant();
  }
}
