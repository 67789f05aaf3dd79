package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SealFactsTest {
  private static final Symbol SHARE = Markets.share(1);
  private static final LocalDate DAY = LocalDate.of(2024, 1, 2);

  private static void refused(UnaryOperator<SealFacts.Builder> change, String word) {
    assertThatThrownBy(() -> change.apply(SealFacts.builder(SHARE, DAY)).build())
        .hasMessageContaining(word)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenAFactIsOutOfRange_thenItIsRefused() {
    refused(b -> b.asOf(DAY.minusDays(1)), "before their day");
    refused(b -> b.firstSeal(LocalTime.of(9, 14, 59)), "09:14:59");
    refused(b -> b.firstSeal(LocalTime.of(15, 0, 1)), "15:00:01");
    refused(b -> b.sealAmount(-1), "seal amount");
    refused(b -> b.sealAmount(Double.POSITIVE_INFINITY), "seal amount");
    refused(b -> b.breaks(-1), "breaks");
    refused(b -> b.trend(Double.NaN), "trend");
    refused(b -> b.flow(1.1), "flow");
    refused(b -> b.continuation(-0.1), "continuation");
  }

  @Test
  void whenFactsAreGivenTwice_thenTheyConflict() {
    SealFacts facts = SealFacts.builder(SHARE, DAY).breaks(1).build();
    assertThatThrownBy(
            () -> LimitUpQualityAnalyst.builder().seals(List.of(facts, facts)).build())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
  }

  @Test
  void whenFactsBecamePublicLater_thenTheyAreNotKnownBeforeAndChangeNoFingerprint() {
    SealFacts late =
        SealFacts.builder(SHARE, DAY).asOf(DAY.plusDays(1)).breaks(1).build();
    SealHistory history = new SealHistory(List.of(late));
    assertThat(history.find(SHARE, DAY, DAY)).isEmpty();
    assertThat(history.find(SHARE, DAY, DAY.plusDays(1))).contains(late);
    assertThat(history.fingerprint(DAY)).isEqualTo(new SealHistory(List.of()).fingerprint(DAY));
    assertThat(history.fingerprint(DAY.plusDays(1))).isNotEqualTo(history.fingerprint(DAY));
  }

  @Nested
  class Trend {
    @Test
    void whenTheSealGrowsByAConstantRate_thenThatIsTheSlope() {
      double[] minutes = {0, 1, 2, 5, 9};
      double[] amounts =
          java.util.Arrays.stream(minutes).map(m -> 1e6 * Math.exp(0.05 * m)).toArray();
      assertThat(SealTrend.perMinute(minutes, amounts).orElseThrow())
          .isCloseTo(0.05, within(1e-12));
    }

    @Test
    void whenOneObservationIsSpoofed_thenTheSlopeHardlyMoves() {
      double[] minutes = {0, 1, 2, 3, 4, 5, 6, 7, 8};
      double[] amounts =
          java.util.Arrays.stream(minutes).map(m -> 1e6 * Math.exp(0.05 * m)).toArray();
      amounts[4] = 1e12;
      assertThat(SealTrend.perMinute(minutes, amounts).orElseThrow()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void whenNoPairIsLeft_thenThereIsNoSlope() {
      assertThat(SealTrend.perMinute(new double[] {}, new double[] {})).isEmpty();
      assertThat(SealTrend.perMinute(new double[] {1, 1}, new double[] {5, 6})).isEmpty();
      assertThat(SealTrend.perMinute(new double[] {1, 2}, new double[] {0, -6})).isEmpty();
    }

    @Test
    void whenTheSeriesDoNotFitOrAreTooLong_thenTheyAreRefused() {
      assertThatThrownBy(() -> SealTrend.perMinute(new double[1], new double[2]))
          .isInstanceOf(QilinException.class);
      assertThatThrownBy(() -> SealTrend.perMinute(new double[2001], new double[2001]))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }

    @Property
    void whenTheOrderIsReversed_thenTheSlopeIsTheSame(
        @ForAll @DoubleRange(min = 1, max = 1e9) double a,
        @ForAll @DoubleRange(min = 1, max = 1e9) double b,
        @ForAll @DoubleRange(min = 1, max = 1e9) double c) {
      assertThat(SealTrend.perMinute(new double[] {1, 2, 3}, new double[] {a, b, c}))
          .isEqualTo(SealTrend.perMinute(new double[] {3, 2, 1}, new double[] {c, b, a}));
    }
  }
}
