package io.qilin.api.market;

import static io.qilin.api.Refusals.assertInvalid;
import static io.qilin.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TradingCalendarTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 2, 5);
  private static final LocalDate FRIDAY = LocalDate.of(2024, 2, 9);
  /** The week before the Spring Festival of 2024 and the Monday after it. */
  private static final TradingCalendar CALENDAR = TradingCalendar.of(
      List.of(MONDAY, day(6), day(7), day(8), LocalDate.of(2024, 2, 19)),
      LocalDate.of(2024, 2, 3),
      LocalDate.of(2024, 2, 20));

  private static LocalDate day(int ofFebruary) {
    return LocalDate.of(2024, 2, ofFebruary);
  }

  @Test
  void whenADayTrades_thenItIsReturned() {
    assertThat(CALENDAR.require(MONDAY)).isEqualTo(MONDAY);
    assertThat(CALENDAR.isTradingDay(MONDAY)).isTrue();
    assertThat(CALENDAR.plus(MONDAY, 0)).isEqualTo(MONDAY);
  }

  @Test
  void whenADayIsAHoliday_thenTheNeighboursAreNamed() {
    assertThat(CALENDAR.isTradingDay(FRIDAY)).isFalse();
    assertRefused(ErrorCode.NOT_A_TRADING_DAY, () -> CALENDAR.require(FRIDAY))
        .hasMessage(
            "QILIN-2004 2024-02-09 (FRIDAY) is not a trading day; the previous is 2024-02-08, the next 2024-02-19");
    assertRefused(ErrorCode.NOT_A_TRADING_DAY, () -> CALENDAR.plus(FRIDAY, 0));
  }

  @Test
  void whenThereIsNoNeighbour_thenThatIsSaid() {
    assertRefused(ErrorCode.NOT_A_TRADING_DAY, () -> CALENDAR.require(day(4)))
        .hasMessageContaining("the previous is none known");
    assertRefused(ErrorCode.NOT_A_TRADING_DAY, () -> CALENDAR.require(day(20)))
        .hasMessageContaining("the next none known");
  }

  @Test
  void whenAskedBeyondTheKnownSpan_thenItDoesNotGuess() {
    for (LocalDate beyond : List.of(day(2), day(21), LocalDate.MIN, LocalDate.MAX)) {
      assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> CALENDAR.isTradingDay(beyond))
          .hasMessageContaining("known from 2024-02-03 to 2024-02-20");
      assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> CALENDAR.require(beyond));
      assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> CALENDAR.plus(beyond, 1));
      assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> CALENDAR.count(day(5), LocalDate.MAX));
    }
    assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> CALENDAR.next(day(19)))
        .hasMessageContaining("2024-02-19 + 1 trading days");
    assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> CALENDAR.previous(MONDAY))
        .hasMessageContaining("2024-02-05 - 1 trading days");
    assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> CALENDAR.plus(MONDAY, Integer.MIN_VALUE));
    assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> CALENDAR.plus(MONDAY, Integer.MAX_VALUE));
  }

  @Test
  void whenSteppedOverAHoliday_thenTheNextTradingDayFollows() {
    assertThat(CALENDAR.next(day(8))).isEqualTo(day(19));
    assertThat(CALENDAR.previous(day(19))).isEqualTo(day(8));
    assertThat(CALENDAR.next(FRIDAY)).isEqualTo(day(19));
    assertThat(CALENDAR.previous(FRIDAY)).isEqualTo(day(8));
    assertThat(CALENDAR.plus(FRIDAY, -2)).isEqualTo(day(7));
  }

  @Test
  void whenCounted_thenBothEndsCount() {
    assertThat(CALENDAR.count(MONDAY, day(19))).isEqualTo(5);
    assertThat(CALENDAR.count(FRIDAY, day(18))).isZero();
    assertThat(CALENDAR.count(MONDAY, MONDAY)).isEqualTo(1);
    assertInvalid(() -> CALENDAR.count(day(6), MONDAY))
        .hasMessageContaining("2024-02-05 is before");
  }

  @Test
  void whenTheDaysAreNoCalendar_thenTheyAreRefused() {
    assertInvalid(() -> TradingCalendar.of(List.of(), MONDAY, FRIDAY));
    assertInvalid(() -> TradingCalendar.of(List.of(day(6), day(6)), MONDAY, FRIDAY))
        .hasMessageContaining("2024-02-06 follows 2024-02-06");
    assertInvalid(() -> TradingCalendar.of(List.of(day(7), day(6)), MONDAY, FRIDAY));
    assertInvalid(() -> TradingCalendar.of(List.of(day(4)), MONDAY, FRIDAY));
    assertInvalid(() -> TradingCalendar.of(List.of(day(10)), MONDAY, FRIDAY));
    assertThatNullPointerException().isThrownBy(() -> CALENDAR.require(null)).withMessage("date");
  }

  @Test
  void whenLookedAt_thenItTellsItsSpan() {
    assertThat(CALENDAR.days()).hasSize(5).isUnmodifiable();
    assertThat(CALENDAR.knownFrom()).isEqualTo(day(3));
    assertThat(CALENDAR.knownUntil()).isEqualTo(day(20));
    assertThat(CALENDAR).hasToString("TradingCalendar[5 days, known 2024-02-03..2024-02-20]");
  }

  @Property
  void whenAsked_thenItAgreesWithAPlainLoop(
      @ForAll @Size(min = 1, max = 40) Set<@IntRange(max = 60) Integer> open,
      @ForAll @IntRange(max = 60) int from,
      @ForAll @IntRange(max = 60) int to,
      @ForAll @IntRange(min = -15, max = 15) int steps) {
    LocalDate start = LocalDate.of(2024, 1, 1);
    List<LocalDate> days = new TreeSet<>(open).stream().map(start::plusDays).toList();
    TradingCalendar calendar = TradingCalendar.of(days, start, start.plusDays(60));
    LocalDate date = start.plusDays(from);

    assertThat(calendar.isTradingDay(date)).isEqualTo(open.contains(from));
    assertThat(answer(() -> calendar.plus(date, steps)))
        .isEqualTo(walk(open, from, steps).map(start::plusDays));
    if (to >= from) {
      long expected = open.stream().filter(d -> d >= from && d <= to).count();
      assertThat(calendar.count(date, start.plusDays(to))).isEqualTo((int) expected);
    }
  }

  /** Walks day by day; empty if the walk leaves the known days, or does not move off a holiday. */
  private static Optional<Integer> walk(Set<Integer> open, int from, int steps) {
    if (steps == 0) {
      return Optional.of(from).filter(open::contains);
    }
    int at = from;
    for (int left = Math.abs(steps); left > 0; ) {
      at += Integer.signum(steps);
      if (at < 0 || at > 60) {
        return Optional.empty();
      }
      left -= open.contains(at) ? 1 : 0;
    }
    return Optional.of(at);
  }

  private static Optional<LocalDate> answer(Supplier<LocalDate> call) {
    try {
      return Optional.of(call.get());
    } catch (QilinException e) {
      return Optional.empty();
    }
  }
}
