package io.qilin.data.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AShareCalendarGoldenTest {
  @Test
  void whenRealSharesTraded_thenExactlyTheseAreTradingDays() {
    List<LocalDate> traded = SharedFiles.lines(SharedFiles.golden("cn_calendar.txt")).stream()
        .map(LocalDate::parse)
        .toList();
    LocalDate first = traded.get(0);
    LocalDate last = traded.get(traded.size() - 1);
    assertThat(AShareCalendar.load().days())
        .filteredOn(day -> !day.isBefore(first) && !day.isAfter(last))
        .isEqualTo(traded);
  }
}
