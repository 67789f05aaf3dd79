package io.qilin.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bound on a mean: by hand, at its edges, and how often it is wrong. */
class MeanBandTest {
  /**
   * By hand: x = (1, 2, 4, 3), mean 2.5, deviations (-1.5, -0.5, 1.5, 0.5), M = ceil(1.3·2) = 3. Sums of products: 5, 0.75, -2.5;
   * 5 + 2·(2/3·0.75 - 1/3·2.5) = 13/3. Error = sqrt(13/3)/4. b = 3/4.
   */
  @Test
  void whenComputedByHand_thenItIsTheSame() {
    MeanBand band = MeanBand.of(new double[] {1, 2, 4, 3}, Confidence.PERCENT_95);

    double value = 1.6449 + 2.1859 * 0.75 + 0.3142 * 0.75 * 0.75 - 0.3427 * 0.75 * 0.75 * 0.75;
    double reach = value * Math.sqrt(13.0 / 3) / 4;
    assertThat(band.mean()).isEqualTo(2.5);
    assertThat(band.low()).isCloseTo(2.5 - reach, within(1e-12));
    assertThat(band.high()).isCloseTo(2.5 + reach, within(1e-12));
  }

  @Test
  void whenThereIsLittleOrNothing_thenTheBoundIsNotKnown() {
    assertThat(MeanBand.of(new double[0], Confidence.PERCENT_95).mean()).isNaN();
    assertThat(MeanBand.of(new double[] {3}, Confidence.PERCENT_95))
        .isEqualTo(new MeanBand(3, Double.NaN, Double.NaN));
    double[] constant = new double[50];
    Arrays.fill(constant, 0.25);
    assertThat(MeanBand.of(constant, Confidence.PERCENT_99))
        .isEqualTo(new MeanBand(0.25, 0.25, 0.25));
  }

  /** How often the lower bound of a mean that is 0 lies above 0, where each day is half like the one before. */
  private static double falseAlarms(int days, double likeness, Confidence confidence) {
    Random random = new Random(7);
    int trials = 2_000;
    int wrong = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] x = new double[days];
      double last = random.nextGaussian() / Math.sqrt(1 - likeness * likeness);
      for (int t = 0; t < days; t++) {
        last = likeness * last + random.nextGaussian();
        x[t] = last;
      }
      wrong += MeanBand.of(x, confidence).low() > 0 ? 1 : 0;
    }
    return (double) wrong / trials;
  }

  @Test
  void whenDaysAreIndependent_thenTheBoundIsWrongAsOftenAsItSays() {
    for (Confidence confidence : Confidence.values()) {
      assertThat(falseAlarms(120, 0, confidence))
          .as("%s", confidence)
          .isCloseTo(1 - confidence.level(), within(0.25 * (1 - confidence.level()) + 0.005));
    }
  }

  @Test
  void whenNeighbouringDaysAreAlike_thenTheBoundIsHardlyMoreOftenWrong() {
    assertThat(falseAlarms(60, 0.3, Confidence.PERCENT_95)).isLessThan(0.075);
    assertThat(falseAlarms(250, 0.5, Confidence.PERCENT_95)).isLessThan(0.075);
  }
}
