package io.qilin.data.quality;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The newest row is that of the last session that has ended. The delay counts from 15:00 (Asia/Shanghai) of the first
 * session that is missing: below 60 s the score is 1.0, below 300 s 0.8, below 900 s 0.5, else 0.2, told as bad tenths
 * of ten. A Friday's bar is fresh on Sunday. The data is as new as the newest day on which at least half of the
 * instruments have a row that had one in the 20 days before.
 *
 * <p>Does not apply without a calendar that knows the day of judging, nor to data of other exchanges.
 */
final class Freshness implements QualityCheck {
  private static final int TENTHS = 10;
  private static final int ALIVE_DAYS = 20;

  @Override
  public String rule() {
    return "stale";
  }

  @Override
  public QualityDimension dimension() {
    return QualityDimension.TIMELINESS;
  }

  @Override
  public CheckOutcome check(QualityInput input) {
    Optional<TradingCalendar> calendar = input.calendar();
    Optional<LocalDate> newest = newest(input.bars().panel(), SessionClock.today(input.now()));
    Optional<LocalDate> expected =
        calendar.flatMap(known -> SessionClock.lastEnded(known, input.now()));
    if (newest.isEmpty() || expected.isEmpty()) {
      return CheckOutcome.NOT_APPLICABLE;
    }
    FindingList findings = new FindingList(rule(), dimension());
    findings.judged(TENTHS);
    if (newest.get().isBefore(expected.get())) {
      calendar
          .flatMap(known -> SessionClock.after(known, newest.get()))
          .ifPresent(missing -> judge(newest.get(), missing, input, findings));
    }
    return findings.outcome();
  }

  private static void judge(
      LocalDate newest, LocalDate missing, QualityInput input, FindingList findings) {
    Duration delay = SessionClock.sinceEnd(missing, input.now());
    int bad = badTenths(delay);
    if (bad > 0) {
      findings.bad(bad);
      String late = delay.toDays() > 0 ? delay.toDays() + " days" : delay.toSeconds() + " s";
      findings.note(
          QualitySeverity.WARNING,
          Optional.empty(),
          (double) delay.toSeconds(),
          "the newest row is of " + newest + "; the session of " + missing + " ended " + late
              + " ago");
    }
  }

  private static int badTenths(Duration delay) {
    long seconds = delay.toSeconds();
    return seconds < 60 ? 0 : seconds < 300 ? 2 : seconds < 900 ? 5 : 8;
  }

  /** The newest day, not after today, on which at least half of the living have a row. */
  private static Optional<LocalDate> newest(Panel panel, LocalDate today) {
    int[] last = new int[panel.symbols().size()];
    int newest = -1;
    for (int i = 0; i < last.length; i++) {
      last[i] = lastRow(panel, i, today);
      newest = Math.max(newest, last[i]);
    }
    if (newest < 0) {
      return Optional.empty();
    }
    int floor = newest - ALIVE_DAYS;
    int[] alive = java.util.Arrays.stream(last)
        .filter(day -> day >= Math.max(0, floor))
        .sorted()
        .toArray();
    return Optional.of(panel.days().get(alive[(alive.length - 1) / 2]));
  }

  /** Index of the last day up to today on which a Chinese instrument has a close, or −1. */
  private static int lastRow(Panel panel, int instrument, LocalDate today) {
    if (panel.symbols().get(instrument).exchange() == Exchange.OTHER || !panel.has(Field.CLOSE)) {
      return -1;
    }
    int day = panel.endRow(instrument) - 1;
    while (day >= panel.firstRow(instrument)
        && (Double.isNaN(panel.value(Field.CLOSE, instrument, day))
            || panel.days().get(day).isAfter(today))) {
      day--;
    }
    return day < panel.firstRow(instrument) ? -1 : day;
  }
}
