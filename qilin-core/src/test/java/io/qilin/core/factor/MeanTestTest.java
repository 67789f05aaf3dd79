package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import io.qilin.core.internal.Normal;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against statsmodels 0.15.0 (OLS on a constant, cov_type HAC, use_correction False; multipletests) and SciPy 1.17.1. */
class MeanTestTest {
  private static final Percentage CLOSE = Percentage.withPercentage(1e-8);

  private static double[] figures() {
    return IntStream.range(0, 60)
        .mapToDouble(t -> 0.02 + 0.05 * Math.sin(0.7 * t) + 0.001 * (t * t * 7 % 13))
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 6.129107867041993, 8.837319870786669e-10",
    "3, 4.286047423139054, 1.8188017751403316e-05",
    "7, 11.661903265111835, 1.9953167529424924e-31"
  })
  void whenTested_thenAsStatsmodels(int lag, double t, double p) {
    MeanTest test = MeanTest.of(figures(), lag);

    assertThat(test.mean()).isCloseTo(0.027913249308693742, CLOSE);
    assertThat(test.deviation()).isCloseTo(0.03557446475017476, CLOSE);
    assertThat(test.ratio()).isCloseTo(0.027913249308693742 / 0.03557446475017476, CLOSE);
    assertThat(test.tStatistic()).isCloseTo(t, CLOSE);
    assertThat(test.pValue()).isCloseTo(p, CLOSE);
    assertThat(test.lag()).isEqualTo(lag);
    assertThat(test.days()).isEqualTo(60);
  }

  @Test
  void whenAnIntervalIsAsked_thenItIsTheNormalOneOfTheSameError() {
    MeanTest test = MeanTest.of(figures(), 3);

    assertThat(test.halfWidth(0.95))
        .isCloseTo(1.959963984540054 * 0.027913249308693742 / 4.286047423139054, CLOSE);
    assertThat(MeanTest.of(new double[] {1}, 3).halfWidth(0.95)).isNaN();
    assertThatThrownBy(() -> test.halfWidth(1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> test.halfWidth(Double.NaN)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenPrinted_thenShort() {
    assertThat(MeanTest.of(figures(), 3))
        .hasToString("+0.0279, t +4.29 (lag 3, 60 days), p 0.0000");
    assertThat(MeanTest.of(new double[] {1}, 3)).hasToString("+1.0000, t – (lag 0, 1 day), p –");
  }

  @Test
  void whenDaysAreUnknown_thenTheOthersCloseUp() {
    double[] holes = new double[120];
    for (int t = 0; t < 60; t++) {
      holes[2 * t] = figures()[t];
      holes[2 * t + 1] = t % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    assertThat(MeanTest.of(holes, 3)).isEqualTo(MeanTest.of(figures(), 3));
  }

  @Test
  void whenTheMeanIsZero_thenTheErrorAndTheIntervalAreKnown() {
    MeanTest test = MeanTest.of(new double[] {1, -1, 1, -1}, 0);

    assertThat(test.tStatistic()).isZero();
    assertThat(test.standardError()).isEqualTo(0.5);
    assertThat(test.halfWidth(0.95)).isCloseTo(0.5 * 1.959963984540054, within(1e-12));
  }

  @Test
  void whenTooLittleIsKnown_thenNaN() {
    assertThat(MeanTest.of(new double[0], 5))
        .isEqualTo(new MeanTest(
            Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0));
    assertThat(MeanTest.of(new double[] {2}, 5).mean()).isEqualTo(2);
    assertThat(MeanTest.of(new double[] {2}, 5).pValue()).isNaN();
    MeanTest constant = MeanTest.of(new double[] {2, 2, 2}, 5);
    assertThat(constant.deviation()).isZero();
    assertThat(constant.ratio()).isNaN();
    assertThat(constant.tStatistic()).isNaN();
    assertThat(constant.standardError()).isZero();
    assertThat(constant.lag()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "60, 1, 3", "100, 1, 4", "100, 5, 8", "2500, 20, 27"})
  void whenNoLagIsGiven_thenTheRuleOfThumb(int days, int horizon, int lag) {
    assertThat(MeanTest.lag(days, horizon)).isEqualTo(lag);
  }

  @Test
  void whenTheLagIsNegative_thenRefused() {
    assertThatThrownBy(() -> MeanTest.of(figures(), -1)).isInstanceOf(QilinException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "0.1, 0.920344325445942",
    "0.5, 0.6170750774519738",
    "1, 0.31731050786291415",
    "2.5, 0.012419330651552265",
    "3, 0.0026997960632601866",
    "5, 5.733031437583866e-07",
    "8, 1.244192114854348e-15",
    "20, 5.507248237212311e-89",
    "37, 1.1451142445047853e-299"
  })
  void whenZIsLarge_thenTheTailIsStillExact(double z, double chance) {
    assertThat(Normal.twoSided(z)).isCloseTo(chance, Percentage.withPercentage(1e-9));
    assertThat(Normal.twoSided(-z)).isEqualTo(Normal.twoSided(z));
    assertThat(Normal.exceededWith(chance)).isCloseTo(z, within(1e-9));
  }

  @Test
  void whenSeveralFactorsAreTried_thenCorrectedAsStatsmodels() {
    double[] p = {0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 1e-9};
    double[] holm = {0.05, 0.12, 0.12, 0.03, 0.2, 0.12, 7e-09};
    double[] hochberg = {7 / 300.0, 14 / 300.0, 14 / 300.0, 0.0175, 0.2, 14 / 300.0, 7e-09};

    MultipleTesting testing = MultipleTesting.of(p, 7);

    for (int i = 0; i < p.length; i++) {
      assertThat(testing.holm(i)).isCloseTo(holm[i], CLOSE);
      assertThat(testing.benjaminiHochberg(i)).isCloseTo(hochberg[i], CLOSE);
    }
  }

  @Test
  void whenMoreWereTriedThanAreShown_thenTheyCountAsUseless() {
    double[] shown = {0.001, Double.NaN, 0.02};
    double[] all = {0.001, 1, 0.02, 1, 1, 1, 1, 1, 1, 1};

    MultipleTesting some = MultipleTesting.of(shown, 10);
    MultipleTesting whole = MultipleTesting.of(all, 10);

    assertThat(some.holm(0)).isEqualTo(whole.holm(0)).isCloseTo(0.01, CLOSE);
    assertThat(some.holm(1)).isNaN();
    assertThat(some.holm(2)).isEqualTo(whole.holm(2));
    assertThat(some.benjaminiHochberg(2)).isEqualTo(whole.benjaminiHochberg(2));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.959963984540054",
    "2, 2.2364766445577917",
    "20, 3.015994533489939",
    "158, 3.5948420720702763"
  })
  void whenManyAreTried_thenTheThresholdRises(int trials, double threshold) {
    assertThat(MultipleTesting.of(new double[0], trials).threshold(0.05))
        .isCloseTo(threshold, within(1e-9));
  }

  /** Means of 20,000 simulated maxima. */
  @ParameterizedTest
  @CsvSource({"10, 1.881", "158, 2.896"})
  void whenAllAreUseless_thenTheLargestIsAsSimulated(int trials, double largest) {
    assertThat(MultipleTesting.of(new double[0], trials).expectedLargest())
        .isCloseTo(largest, within(0.05));
  }

  @Test
  void whenTrialsAreTooFewOrAPValueIsNone_thenRefused() {
    assertThatThrownBy(() -> MultipleTesting.of(new double[] {0.1, 0.2}, 1))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("at least 2");
    assertThatThrownBy(() -> MultipleTesting.of(new double[] {1.1}, 1))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> MultipleTesting.of(new double[] {0.1}, 1).threshold(1))
        .isInstanceOf(QilinException.class);
  }
}
