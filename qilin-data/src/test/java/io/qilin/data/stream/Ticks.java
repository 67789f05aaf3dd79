package io.qilin.data.stream;

import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** Ticks of one trading day, 2024-01-02. */
final class Ticks {
  static final LocalDate DAY = LocalDate.of(2024, 1, 2);
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final Provenance SOURCE = new Provenance("test", "made", true);
  static final TradingCalendar CALENDAR =
      TradingCalendar.of(List.of(DAY, DAY.plusDays(1)), DAY, DAY.plusDays(1));

  private Ticks() {}

  static Instant at(String time) {
    return DAY.atTime(LocalTime.parse(time)).atZone(SHANGHAI).toInstant();
  }

  static Symbol symbol(int number) {
    return Symbol.parse(String.format(java.util.Locale.ROOT, "%06d.SH", 600000 + number));
  }

  static Tick tick(int symbol, Instant time, long sequence, double price, double volume) {
    return new Tick(
        symbol(symbol),
        time,
        time,
        SOURCE,
        sequence,
        price,
        volume,
        price * volume,
        TradingPhase.CONTINUOUS);
  }

  static Tick tick(int symbol, String time, long sequence, double price, double volume) {
    return tick(symbol, at(time), sequence, price, volume);
  }
}
