package io.qilin.api.market;

import static io.qilin.api.Refusals.assertInvalid;
import static io.qilin.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.qilin.api.error.ErrorCode;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PanelTest {
  private static final Symbol MOUTAI = Symbol.parse("600519.SH");
  private static final Symbol PING_AN = Symbol.parse("000001.SZ");
  private static final Symbol LATE = Symbol.parse("688981.SH");
  private static final double NAN = Double.NaN;
  /** Tuesday to Friday, and Monday. */
  private static final List<LocalDate> DAYS =
      IntStream.of(2, 3, 4, 5, 8).mapToObj(day -> LocalDate.of(2024, 1, day)).toList();

  /** Three instruments, added in an order that is not theirs; one begins on the fourth day. */
  private static Panel panel() {
    return Panel.builder(DAYS, Adjustment.RAW)
        .column(MOUTAI, Field.CLOSE, 0, new double[] {10, 11, NAN, 13, 14})
        .column(LATE, Field.CLOSE, 3, new double[] {50, 51})
        .column(PING_AN, Field.CLOSE, 1, new double[] {1, 2, 3})
        .column(PING_AN, Field.VOLUME, 0, new double[] {700, 800})
        .build();
  }

  @Nested
  class Shape {
    @Test
    void whenBuilt_thenInstrumentsAreSortedAndDaysAscend() {
      Panel panel = panel();
      assertThat(panel.symbols()).containsExactly(PING_AN, MOUTAI, LATE).isUnmodifiable();
      assertThat(panel.days()).isEqualTo(DAYS).isUnmodifiable();
      assertThat(panel.fields()).containsExactly(Field.CLOSE, Field.VOLUME).isUnmodifiable();
      assertThat(panel.lastDay()).isEqualTo(LocalDate.of(2024, 1, 8));
      assertThat(panel.adjustment()).isEqualTo(Adjustment.RAW);
      assertThat(panel)
          .hasToString(
              "Panel[3 instruments × 5 days, 2024-01-02..2024-01-08, [$close, $volume], RAW]");
    }

    @Test
    void whenColumnsBeginOnDifferentDays_thenTheSpanCoversThemAll() {
      Panel panel = panel();
      assertThat(panel.firstRow(0)).isZero();
      assertThat(panel.endRow(0)).isEqualTo(4);
      assertThat(panel.firstRow(2)).isEqualTo(3);
      assertThat(panel.endRow(2)).isEqualTo(5);
    }

    @Test
    void whenACellIsRead_thenItIsTheValueOrNotKnown() {
      Panel panel = panel();
      assertThat(panel.value(Field.CLOSE, 1, 3)).isEqualTo(13);
      assertThat(panel.value(Field.CLOSE, 1, 2)).isNaN();
      assertThat(panel.value(Field.CLOSE, 2, 0)).as("before the span").isNaN();
      assertThat(panel.value(Field.VOLUME, 1, 0)).as("a field it lacks").isNaN();
    }

    @Test
    void whenARunIsRead_thenItIsThatRun() {
      Panel panel = panel();
      assertThat(panel.values(Field.CLOSE, 0)).containsExactly(NAN, 1, 2, 3);
      assertThat(panel.values(Field.CLOSE, 2)).containsExactly(50, 51);
      assertThat(panel.values(Field.CLOSE, 2, 1, 4)).containsExactly(NAN, NAN, 50);
      assertThat(panel.values(Field.CLOSE, 2, 1, 1)).isEmpty();
    }

    @Test
    void whenAnArrayIsChangedOutside_thenThePanelIsNot() {
      double[] closes = {1, 2, 3, 4, 5};
      Panel panel = Panel.builder(DAYS, Adjustment.RAW)
          .column(MOUTAI, Field.CLOSE, 0, closes)
          .build();
      closes[0] = 99;
      panel.values(Field.CLOSE, 0)[1] = 99;
      assertThat(panel.values(Field.CLOSE, 0)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void whenAnIndexIsOutside_thenThatIsAnIndexError() {
      Panel panel = panel();
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> panel.value(Field.CLOSE, 0, 5));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> panel.value(Field.CLOSE, 3, 0));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> panel.until(DAYS.get(1)).value(Field.CLOSE, 0, 2));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> panel.until(DAYS.get(1)).values(Field.CLOSE, 0, 0, 3));
    }
  }

  @Nested
  class Lookup {
    @Test
    void whenThere_thenThePlaceIsTold() {
      Panel panel = panel();
      assertThat(panel.find(MOUTAI)).hasValue(1);
      assertThat(panel.indexOf(MOUTAI)).isEqualTo(1);
      assertThat(panel.indexOf(LocalDate.of(2024, 1, 8))).isEqualTo(4);
      assertThat(panel.has(Field.CLOSE)).isTrue();
      assertThat(panel.has(Field.OPEN)).isFalse();
    }

    @Test
    void whenTheInstrumentIsNotThere_thenThatIsSaid() {
      Symbol absent = Symbol.parse("600000.SH");
      assertThat(panel().find(absent)).isEmpty();
      assertRefused(ErrorCode.DATA_NOT_FOUND, () -> panel().indexOf(absent))
          .hasMessageContaining("600000.SH is not among the 3 instruments");
    }

    @Test
    void whenTheDayIsAWeekend_thenItsNeighboursAreNamed() {
      assertRefused(ErrorCode.NOT_A_TRADING_DAY, () -> panel().indexOf(LocalDate.of(2024, 1, 6)))
          .hasMessageContaining("the nearest are 2024-01-05 and 2024-01-08");
    }

    @Test
    void whenTheDayIsOutside_thenTheSpanIsNamed() {
      for (LocalDate outside : List.of(
          LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 9), LocalDate.MIN, LocalDate.MAX)) {
        assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> panel().indexOf(outside))
            .hasMessageContaining("runs from 2024-01-02 to 2024-01-08");
      }
    }

    @Test
    void whenTheFieldIsNotThere_thenTheFieldsAreNamed() {
      assertRefused(ErrorCode.DATA_NOT_FOUND, () -> panel().value(Field.OPEN, 0, 0))
          .hasMessageContaining("no field $open; it has [$close, $volume]");
      assertRefused(ErrorCode.DATA_NOT_FOUND, () -> panel().values(Field.OPEN, 0));
    }
  }

  @Nested
  class Views {
    @Test
    void whenCutAtADay_thenNothingLaterIsThere() {
      Panel until = panel().until(DAYS.get(2));
      assertThat(until.days()).isEqualTo(DAYS.subList(0, 3));
      assertThat(until.lastDay()).isEqualTo(DAYS.get(2));
      assertThat(until.symbols()).containsExactly(PING_AN, MOUTAI);
      assertThat(until.values(Field.CLOSE, 0)).containsExactly(NAN, 1, 2);
      assertThat(until.endRow(0)).isEqualTo(3);
      assertThat(until.find(LATE)).isEmpty();
      assertRefused(ErrorCode.DATE_OUT_OF_RANGE, () -> until.indexOf(DAYS.get(3)));
    }

    @Test
    void whenCutAtTheLastDay_thenItIsTheSamePanel() {
      Panel panel = panel();
      assertThat(panel.until(panel.lastDay())).isSameAs(panel);
    }

    @Test
    void whenCutTwice_thenTheEarlierDayCounts() {
      Panel until = panel().until(DAYS.get(3)).until(DAYS.get(1));
      assertThat(until.days()).isEqualTo(DAYS.subList(0, 2));
      assertThat(until.values(Field.VOLUME, 0)).containsExactly(700, 800);
    }

    @Test
    void whenCutAtNoTradingDay_thenItIsRefused() {
      assertRefused(ErrorCode.NOT_A_TRADING_DAY, () -> panel().until(LocalDate.of(2024, 1, 7)));
    }

    @Test
    void whenOnlySomeAreKept_thenTheirValuesStay() {
      Panel only = panel().only(symbol -> symbol.exchange() == Exchange.SSE);
      assertThat(only.symbols()).containsExactly(MOUTAI, LATE);
      assertThat(only.values(Field.CLOSE, 1)).containsExactly(50, 51);
      assertThat(only.until(DAYS.get(2)).symbols()).containsExactly(MOUTAI);
      assertThat(panel().until(DAYS.get(2)).only(MOUTAI::equals).values(Field.CLOSE, 0))
          .containsExactly(10, 11, NAN);
    }

    @Test
    void whenNoneIsKept_thenThePanelHasNoInstruments() {
      Panel none = panel().only(symbol -> false);
      assertThat(none.symbols()).isEmpty();
      assertThat(none.days()).hasSize(5);
    }
  }

  @Nested
  class Building {
    @Test
    void whenTheDaysAreWrong_thenTheyAreRefused() {
      assertInvalid(() -> Panel.builder(List.of(), Adjustment.RAW));
      assertInvalid(() -> Panel.builder(List.of(DAYS.get(1), DAYS.get(0)), Adjustment.RAW))
          .hasMessageContaining("2024-01-02 follows 2024-01-03");
      assertInvalid(() -> Panel.builder(List.of(DAYS.get(0), DAYS.get(0)), Adjustment.RAW));
      assertThatNullPointerException().isThrownBy(() -> Panel.builder(DAYS, null));
    }

    @Test
    void whenAColumnDoesNotFit_thenItIsRefused() {
      Panel.Builder builder = Panel.builder(DAYS, Adjustment.RAW);
      for (int from : new int[] {-1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        assertInvalid(() -> builder.column(MOUTAI, Field.CLOSE, from, new double[2]))
            .hasMessageContaining("2 values from day " + from + " do not fit the 5 days");
      }
      assertInvalid(() -> builder.column(MOUTAI, Field.CLOSE, 0, new double[0]));
      assertInvalid(() -> builder.column(MOUTAI, Field.CLOSE, 0, new double[6]));
      assertThatNullPointerException()
          .isThrownBy(() -> builder.column(null, Field.CLOSE, 0, new double[1]));
      assertThatNullPointerException()
          .isThrownBy(() -> builder.column(MOUTAI, null, 0, new double[1]));
      assertInvalid(builder::build).hasMessageContaining("at least one instrument");
    }

    @Test
    void whenAColumnIsSetTwice_thenTheFirstStays() {
      Panel.Builder builder =
          Panel.builder(DAYS, Adjustment.RAW).column(MOUTAI, Field.CLOSE, 1, new double[] {7});
      assertInvalid(() -> builder.column(MOUTAI, Field.CLOSE, 0, new double[5]))
          .hasMessageContaining("$close of 600519.SH was set twice");
      Panel panel = builder.build();
      assertThat(panel.firstRow(0)).isEqualTo(1);
      assertThat(panel.values(Field.CLOSE, 0)).containsExactly(7);
    }

    @Test
    void whenBuiltTwice_thenTheSecondIsRefused() {
      Panel.Builder builder =
          Panel.builder(DAYS, Adjustment.RAW).column(MOUTAI, Field.CLOSE, 0, new double[5]);
      builder.build();
      assertInvalid(builder::build).hasMessageContaining("built before");
    }

    @Test
    void whenItWouldBeTooLarge_thenItIsRefusedBeforeMemoryIsTaken() {
      LocalDate first = LocalDate.of(-200_000, 1, 1);
      int days = 2_000_000;
      Panel.Builder builder = Panel.builder(
          IntStream.range(0, days).mapToObj(first::plusDays).toList(), Adjustment.RAW);
      for (int i = 0; i < 1100; i++) {
        builder.column(Symbol.other("S" + i), Field.CLOSE, i, new double[] {1});
      }
      assertRefused(ErrorCode.LIMIT_EXCEEDED, builder::build)
          .hasMessageContaining("1100 instruments × 2000000 days")
          .hasMessageContaining("split by instrument or by period");
    }
  }
}
