package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.error.QilinException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScoreSheetTest {
  private static final ScoreSheet SHEET = new ScoreSheet(
      "test",
      List.of(
          new ScoreSheet.Part("a", "1", 400, "bars"),
          new ScoreSheet.Part("b", "1", 200, "bars"),
          new ScoreSheet.Part("c", "1", 400, "bars")));

  private static Opinion opinion(double a, double b, double c) {
    return SHEET.row().set(0, 1, a).set(1, 2, b).set(2, 3, c).opinion(Markets.share(1));
  }

  @Test
  void whenWeightsDoNotAddUpToOne_thenThereIsNoSheet() {
    assertThatThrownBy(
            () -> new ScoreSheet("x", List.of(new ScoreSheet.Part("a", "1", 999, "bars"))))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("999");
    assertThatThrownBy(() -> new ScoreSheet(
            "x",
            List.of(
                new ScoreSheet.Part("a", "1", 1001, "bars"),
                new ScoreSheet.Part("b", "1", -1, "bars"))))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenAllIsKnown_thenTheScoreIsTheWeightedMean() {
    // mean = 0.4 × 0.5 + 0.2 × 1 + 0.4 × 0.75 = 0.7; deviations −0.2, 0.3, 0.05.
    assertThat(opinion(0.5, 1, 0.75)).isInstanceOfSatisfying(Opinion.Scored.class, scored -> {
      assertThat(scored.score()).isCloseTo(0.4, within(1e-12));
      assertThat(scored.coverage()).isEqualTo(1);
      double deviation = Math.sqrt(0.4 * 0.04 + 0.2 * 0.09 + 0.4 * 0.0025);
      assertThat(scored.confidence()).isCloseTo(1 - 2 * deviation, within(1e-12));
      assertThat(scored.components())
          .extracting(ScoreComponent::weight)
          .containsExactly(0.4, 0.2, 0.4);
    });
  }

  @Test
  void whenAPartIsUnknown_thenTheOthersAreScaledUpAndTheCoverageFalls() {
    assertThat(opinion(Double.NaN, 1, 0.25))
        .isInstanceOfSatisfying(Opinion.Scored.class, scored -> {
          assertThat(scored.score()).isCloseTo(0, within(1e-12));
          assertThat(scored.coverage()).isEqualTo(0.6);
        });
  }

  @Test
  void whenLessThanSixTenthsAreKnown_thenItAbstainsAndSaysWhatIsMissing() {
    assertThat(opinion(1, Double.NaN, Double.NaN))
        .isInstanceOfSatisfying(Opinion.Abstained.class, abstained -> {
          assertThat(abstained.reason()).contains("40 %", "b, c");
          assertThat(abstained.coverage()).isEqualTo(0.4);
        });
    assertThat(opinion(Double.NaN, Double.NaN, Double.NaN).coverage()).isZero();
  }

  @Property
  void whenAPartRises_thenTheScoreDoesNotFall(
      @ForAll @DoubleRange(min = -1, max = 2) double a,
      @ForAll @DoubleRange(min = -1, max = 2) double b,
      @ForAll @DoubleRange(min = -1, max = 2) double c,
      @ForAll @DoubleRange(min = 0, max = 1) double more) {
    Opinion.Scored low = (Opinion.Scored) opinion(a, b, c);
    Opinion.Scored high = (Opinion.Scored) opinion(a, b + more, c);
    assertThat(high.score()).isGreaterThanOrEqualTo(low.score());
    assertThat(low.score()).isBetween(-1.0, 1.0);
    assertThat(low.confidence()).isBetween(0.0, 1.0);
  }

  @Test
  void whenAMeasureIsInfinite_thenItIsNotKnown() {
    Opinion opinion =
        SHEET.row().set(0, Double.POSITIVE_INFINITY, Double.NaN).opinion(Markets.share(1));
    assertThat(opinion.components().get(0).raw()).isNaN();
  }

  @Test
  void whenTheBuiltInSheetsAreAsked_thenEachHasItsWeights() {
    assertThat(StandardLimitUp.SHEET.parts())
        .extracting(ScoreSheet.Part::perMille)
        .containsExactly(200, 150, 150, 100, 100, 100, 100, 100);
    assertThat(LegacyLimitUp.SHEET.parts())
        .extracting(ScoreSheet.Part::perMille)
        .containsExactly(300, 200, 200, 150, 150);
  }
}
