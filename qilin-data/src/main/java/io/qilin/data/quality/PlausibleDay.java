package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows lie on days on which there was trading: not in the future, and for the Chinese exchanges not before 1990-12-19,
 * not on a weekend, and on a trading day of the calendar where it is known.
 */
final class PlausibleDay extends SeriesCheck {
  private static final LocalDate FIRST_SESSION = LocalDate.of(1990, 12, 19);

  PlausibleDay() {
    super("implausible-day", QualityDimension.VALIDITY, View.AS_READ, List.of(Field.CLOSE));
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    LocalDate today = SessionClock.today(input.now());
    @Nullable String[] wrongAnywhere = new String[panel.days().size()];
    @Nullable String[] wrongInChina = new String[panel.days().size()];
    for (int day = 0; day < wrongAnywhere.length; day++) {
      LocalDate date = panel.days().get(day);
      wrongAnywhere[day] =
          date.isAfter(today) ? "lies after " + today + ", the day of judging" : null;
      wrongInChina[day] =
          wrongAnywhere[day] != null ? wrongAnywhere[day] : inChina(date, input.calendar());
    }
    boolean spotless = Arrays.stream(wrongInChina).allMatch(Objects::isNull);
    return series -> {
      if (spotless) {
        findings.judged(series.length());
        return;
      }
      @Nullable
      String[] wrong = series.symbol().exchange() == Exchange.OTHER ? wrongAnywhere : wrongInChina;
      boolean[] exists = series.existing();
      for (int row = 0; row < exists.length; row++) {
        findings.judged(exists[row] ? 1 : 0);
        String reason = wrong[series.first() + row];
        if (exists[row] && reason != null) {
          LocalDate day = series.day(row);
          findings.bad(1);
          findings.place(
              QualitySeverity.ERROR,
              series.symbol(),
              day,
              Optional.empty(),
              Double.NaN,
              () -> day + " " + reason);
        }
      }
    };
  }

  private static @Nullable String inChina(LocalDate date, Optional<TradingCalendar> calendar) {
    if (date.isBefore(FIRST_SESSION)) {
      return "lies before the first session of the Shanghai exchange, " + FIRST_SESSION;
    }
    if (date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY) {
      return "is a " + date.getDayOfWeek() + ", on which the exchanges never trade";
    }
    boolean holiday = calendar
        .filter(known -> !date.isBefore(known.knownFrom()) && !date.isAfter(known.knownUntil()))
        .filter(known -> !known.isTradingDay(date))
        .isPresent();
    return holiday ? "is not a trading day" : null;
  }
}
