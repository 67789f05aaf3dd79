package io.qilin.core.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.risk.ValueAtRisk.Method;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ValueAtRiskTest {
  private static final double Z95 = 1.6448536269514722;
  private static final ValueAtRisk NORMAL = new ValueAtRisk(Method.NORMAL, 0.95);
  private static final ValueAtRisk CORNISH_FISHER = new ValueAtRisk(Method.CORNISH_FISHER, 0.95);
  /** Losses of 1 % to 100 %, not in order. */
  private static final double[] HUNDRED =
      IntStream.rangeClosed(1, 100).mapToDouble(i -> -(i * 37 % 101) / 100.0).toArray();

  @Test
  void
      whenThereAreAHundredLosses_thenTheHistoricalOneIsThe95thAndItsShortfallTheMeanOfTheWorstFive() {
    assertThat(ValueAtRisk.HISTORICAL_95.of(HUNDRED)).isEqualTo(0.95);
    assertThat(ValueAtRisk.HISTORICAL_95.shortfall(HUNDRED)).isCloseTo(0.98, within(1e-15));
    // 92.5 of 100 days: the 93rd loss; the tail is 7 whole days and half of the eighth.
    ValueAtRisk odd = new ValueAtRisk(Method.HISTORICAL, 0.925);
    assertThat(odd.of(HUNDRED)).isEqualTo(0.93);
    assertThat(odd.shortfall(HUNDRED)).isCloseTo((6.79 + 0.465) / 7.5, within(1e-15));
  }

  @Test
  void whenReturnsAreSmall_thenTheSignIsThatOfALoss() {
    double[] returns = {-0.02, 0.01, 0.03, -0.01, 0.04};
    double deviation = Math.sqrt(0.00065);
    // Mean 0.01: the deviation adds to the loss, the mean takes from it.
    assertThat(NORMAL.of(returns)).isCloseTo(Z95 * deviation - 0.01, within(1e-15));
    assertThat(NORMAL.of(returns)).isPositive();
    // What qilin_stack computes, mean - z·sigma with a negative z, is a gain of the size of a loss.
    assertThat(NORMAL.of(returns)).isLessThan(Z95 * deviation + 0.01 - 1e-3);
    // φ(1.6449) / 0.05 = 2.0627.
    assertThat(NORMAL.shortfall(returns)).isCloseTo(2.0627128075 * deviation - 0.01, within(1e-11));
  }

  @Test
  void whenEveryDayGains_thenTheValueAtRiskIsNegative() {
    double[] gains = {0.01, 0.01, 0.01};
    for (Method method : Method.values()) {
      ValueAtRisk measure = new ValueAtRisk(method, 0.95);
      assertThat(measure.of(gains)).isCloseTo(-0.01, within(1e-16));
      assertThat(measure.shortfall(gains)).isCloseTo(-0.01, within(1e-16));
    }
  }

  @Test
  void whenReturnsAreSkewed_thenCornishFisherCorrectsTheQuantile() {
    double[] returns = {-0.08, 0.01, 0.02, 0.01, 0.02, 0.015, 0.005, 0.01, 0.0, 0.012};
    double mean = Arrays.stream(returns).average().orElseThrow();
    double m2 = moment(returns, mean, 2);
    double s = moment(returns, mean, 3) / Math.pow(m2, 1.5);
    double k = moment(returns, mean, 4) / (m2 * m2) - 3;
    double deviation = Math.sqrt(m2 * 10 / 9);
    double z = -Z95;
    double corrected = z
        + (z * z - 1) * s / 6
        + (Math.pow(z, 3) - 3 * z) * k / 24
        - (2 * Math.pow(z, 3) - 5 * z) * s * s / 36;
    assertThat(CORNISH_FISHER.of(returns))
        .isCloseTo(-(mean + corrected * deviation), within(1e-14));
    assertThat(CORNISH_FISHER.of(returns)).isGreaterThan(NORMAL.of(returns));
  }

  /** The closed form of the shortfall against the mean of the quantiles over the tail. */
  @Test
  void whenTheTailIsAveraged_thenItIsTheShortfall() {
    double[] returns = IntStream.range(0, 200)
        .mapToDouble(i -> 0.001 + 0.01 * Math.sin(i * 1.7) - (i % 41 == 0 ? 0.008 : 0))
        .toArray();
    for (Method method : new Method[] {Method.NORMAL, Method.CORNISH_FISHER}) {
      double sum = 0;
      int steps = 4000;
      for (int i = 0; i < steps; i++) {
        double confidence = 1 - 0.05 * (i + 0.5) / steps;
        sum += new ValueAtRisk(method, confidence).of(returns);
      }
      assertThat(new ValueAtRisk(method, 0.95).shortfall(returns))
          .as(method.name())
          .isCloseTo(sum / steps, within(2e-5));
    }
  }

  private static double moment(double[] values, double mean, int power) {
    return Arrays.stream(values).map(v -> Math.pow(v - mean, power)).sum() / values.length;
  }

  @Test
  void whenReturnsAreNotKnown_thenTheyAreLeftOut() {
    double[] gaps = Arrays.copyOf(HUNDRED, 150);
    Arrays.fill(gaps, 100, 150, Double.NaN);
    for (Method method : Method.values()) {
      ValueAtRisk measure = new ValueAtRisk(method, 0.95);
      assertThat(measure.of(gaps)).isEqualTo(measure.of(HUNDRED));
      assertThat(measure.of(new double[] {0.01, Double.NaN})).isNaN();
      assertThat(measure.shortfall(new double[0])).isNaN();
      assertThatThrownBy(() -> measure.of(new double[] {Double.NEGATIVE_INFINITY, 0}))
          .isInstanceOf(QilinException.class);
    }
  }

  @Property(tries = 300)
  void whenScaled_thenTheLossScalesAndTheShortfallIsNoSmaller(
      @ForAll @Size(min = 2, max = 60) List<@DoubleRange(min = -0.1, max = 0.1) Double> drawn,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double confidence) {
    double[] returns = drawn.stream().mapToDouble(Double::doubleValue).toArray();
    double[] twice = Arrays.stream(returns).map(value -> 2 * value).toArray();
    for (Method method : new Method[] {Method.HISTORICAL, Method.NORMAL}) {
      ValueAtRisk measure = new ValueAtRisk(method, confidence);
      assertThat(measure.of(twice)).isCloseTo(2 * measure.of(returns), within(1e-12));
      assertThat(measure.shortfall(returns)).isGreaterThanOrEqualTo(measure.of(returns) - 1e-12);
    }
    double[] sorted = Arrays.stream(returns).map(value -> -value).sorted().toArray();
    int rank = BigDecimal.valueOf(confidence)
        .multiply(BigDecimal.valueOf(sorted.length))
        .setScale(0, RoundingMode.CEILING)
        .intValue();
    assertThat(new ValueAtRisk(Method.HISTORICAL, confidence).of(returns) + 0.0)
        .isEqualTo(sorted[rank - 1] + 0.0);
  }

  @Test
  void whenTheConfidenceIsOutOfRange_thenItIsRefused() {
    for (double wrong : new double[] {0.49, 1, Double.NaN}) {
      assertThatThrownBy(() -> new ValueAtRisk(Method.NORMAL, wrong))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    }
  }
}
