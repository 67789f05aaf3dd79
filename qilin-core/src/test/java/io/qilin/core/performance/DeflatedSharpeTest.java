package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The numerical example of Bailey and López de Prado (2014): five years of days, annual ratio 2.5. */
class DeflatedSharpeTest {
  private static final double VARIANCE = 0.5 / 250;
  private final SharpeEstimate skewed = new SharpeEstimate(2.5 / Math.sqrt(250), -3, 10, 1250);
  private final SharpeEstimate normal = new SharpeEstimate(2.5 / Math.sqrt(250), 0, 3, 1250);

  @Test
  void whenAHundredTrials_thenNoLongerSignificant() {
    DeflatedSharpe deflated = DeflatedSharpe.of(skewed, new TrialCount(100, VARIANCE));

    assertThat(deflated.expectedBest()).isCloseTo(0.1132, within(5e-5));
    assertThat(deflated.probability()).isCloseTo(0.9004, within(5e-5));
  }

  @Test
  void whenFewerTrialsOrNormalReturns_thenSignificant() {
    assertThat(DeflatedSharpe.of(skewed, new TrialCount(46, VARIANCE)).probability())
        .isCloseTo(0.9505, within(5e-5));
    assertThat(DeflatedSharpe.of(normal, new TrialCount(88, VARIANCE)).probability())
        .isCloseTo(0.9505, within(5e-5));
  }

  @Test
  void whenOneTrial_thenTheProbabilisticRatio() {
    DeflatedSharpe deflated = DeflatedSharpe.of(skewed, TrialCount.ONE);

    assertThat(deflated.expectedBest()).isZero();
    assertThat(deflated.probability()).isEqualTo(skewed.probabilityAbove(0));
  }

  @Test
  void whenTheVarianceIsNotKnown_thenNeitherIsTheResult() {
    DeflatedSharpe deflated = DeflatedSharpe.of(skewed, new TrialCount(2, Double.NaN));

    assertThat(deflated.expectedBest()).isNaN();
    assertThat(deflated.probability()).isNaN();
  }

  @Property
  void whenMoreTrials_thenNeverMoreLikely(@ForAll @IntRange(min = 1, max = 100_000) int trials) {
    assertThat(DeflatedSharpe.of(skewed, new TrialCount(trials + 1, VARIANCE)).probability())
        .isLessThanOrEqualTo(
            DeflatedSharpe.of(skewed, new TrialCount(trials, VARIANCE)).probability());
  }

  @Test
  void whenTheCountIsImpossible_thenRefused() {
    assertThatThrownBy(() -> new TrialCount(0, 0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new TrialCount(2, -1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new TrialCount(2, Double.POSITIVE_INFINITY))
        .isInstanceOf(QilinException.class);
  }
}
