package io.qilin.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JudgedDaysTest {
  private static final double NAN = Double.NaN;
  private static final LocalDate MONDAY = LocalDate.of(2024, 1, 8);
  private static final LocalDate TUESDAY = LocalDate.of(2024, 1, 9);

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenARowIsKnownForOneModelOnly_thenItCountsForNeither() {
    JudgedDays days = JudgedDays.of(
        DailyMetric.accuracy(0),
        List.of(MONDAY, MONDAY, MONDAY, TUESDAY, TUESDAY),
        new double[] {1, 1, NAN, 1, 1},
        new double[] {1, -1, 1, NAN, 1},
        new double[] {1, 1, -1, 1, NAN});

    assertThat(days.dates()).containsExactly(MONDAY);
    assertThat(days.candidate()).containsExactly(1);
    assertThat(days.production()).containsExactly(0.5);
    assertThat(days.rows()).isEqualTo(2);
    assertThat(days.dropped()).isEqualTo(3);
  }

  @Test
  void whenADayHasNoFigureForOneModel_thenItCountsForNeither() {
    JudgedDays days = JudgedDays.of(
        DailyMetric.rankIc(),
        List.of(MONDAY, MONDAY, MONDAY),
        new double[] {1, 2, 3},
        new double[] {5, 5, 5},
        new double[] {1, 2, 3});

    assertThat(days.dates()).isEmpty();
    assertThat(days.dropped()).isEqualTo(3);
  }

  /** Ranks of the scores 2.5, 1, 2.5, 4 and of the labels 2, 1, 3, 4: Pearson 4.5 / √(4.5·5). */
  @Test
  void whenScoresAreTied_thenTheyShareTheirRanks() {
    double[] scores = {3, 1, 3, 9};
    double[] labels = {0.2, 0.1, 0.3, 0.4};

    assertThat(Ranks.correlation(scores, labels))
        .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-15));
    assertThat(Ranks.correlation(new double[] {1, 2}, new double[] {1, 2})).isNaN();
    assertThat(Ranks.correlation(labels, new double[] {4, 3, 2, 1})).isCloseTo(-0.8, within(1e-15));
  }

  @Test
  void whenTheTopIsTaken_thenTheFirstOfEqualScoresCounts() {
    double[] scores = {1, 7, 7, 3};
    double[] labels = {1, 2, 4, 8};

    assertThat(Ranks.meanOfTop(scores, labels, 0.5)).isEqualTo(3);
    assertThat(Ranks.meanOfTop(scores, labels, 0.25)).isEqualTo(2);
    assertThat(Ranks.meanOfTop(scores, labels, 0.001)).isEqualTo(2);
    assertThat(Ranks.meanOfTop(scores, labels, 1)).isEqualTo(3.75);
  }

  @Test
  void whenRowsAreUnsound_thenTheyAreRefused() {
    DailyMetric metric = DailyMetric.accuracy(0);
    double[] two = {1, 2};
    double[] infinite = {1, Double.NEGATIVE_INFINITY};
    List<LocalDate> dates = List.of(MONDAY, TUESDAY);

    assertRefused(() -> JudgedDays.of(metric, dates, new double[1], two, two));
    assertRefused(() -> JudgedDays.of(metric, List.of(MONDAY), two, two, two));
    assertRefused(() -> JudgedDays.of(metric, List.of(TUESDAY, MONDAY), two, two, two));
    assertRefused(() -> JudgedDays.of(metric, dates, infinite, two, two));
    assertRefused(() -> JudgedDays.of(metric, dates, two, infinite, two));
    assertRefused(() -> JudgedDays.of(metric, dates, two, two, infinite));
    assertRefused(() -> DailyMetric.topReturn(0));
    assertRefused(() -> new DailyMetric(" ", true, 0, (scores, labels) -> 0));
    DailyMetric wild =
        new DailyMetric("wild", true, 0, (scores, labels) -> Double.POSITIVE_INFINITY);
    assertRefused(() -> JudgedDays.of(wild, dates, two, two, two));
  }
}
