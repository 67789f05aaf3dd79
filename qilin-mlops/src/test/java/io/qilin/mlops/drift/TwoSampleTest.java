package io.qilin.mlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures beside scipy 1.17.1: ks_2samp, kstwobign.sf, chi2_contingency(correction=False). */
class TwoSampleTest {
  @Test
  void whenSamplesHaveTies_thenTheDistanceIsScipys() {
    KolmogorovSmirnov test = KolmogorovSmirnov.of(
        ColumnSample.of(1, 2, 2, 3, 4, 5, 5, 7, 9, 10),
        ColumnSample.of(2, 3, 5, 6, 6, 8, 9, 11, 12, 13, 14, 15));
    assertThat(test.statistic()).isCloseTo(0.45, within(1e-12));
    // scipy's exact value is 0.15976, its plain limit 0.19399.
    assertThat(test.pValue()).isBetween(0.13, 0.194);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 1",
    "0.3, 0.9999906941986655",
    "0.5, 0.9639452436648751",
    "0.8, 0.5441424115741981",
    "1.0, 0.26999967167735456",
    "1.358, 0.05002679733444698",
    "1.628, 0.009975522431181053",
    "2, 0.0006709252557796953",
    "3, 3.045995948942526e-08"
  })
  void whenTheLimitIsEvaluated_thenItIsScipys(double x, double expected) {
    assertThat(KolmogorovSmirnov.survival(x)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void whenOneSideIsEmpty_thenNothingIsKnown() {
    KolmogorovSmirnov test = KolmogorovSmirnov.of(ColumnSample.of(Double.NaN), ColumnSample.of(1));
    assertThat(test.statistic()).isNaN();
    assertThat(test.pValue()).isNaN();
  }

  @Test
  void whenSamplesAreOfOneDistribution_thenThePValueIsUniform() {
    SplittableRandom chance = new SplittableRandom(1);
    int below = 0;
    int runs = 1_000;
    for (int run = 0; run < runs; run++) {
      double p = KolmogorovSmirnov.of(
              ColumnSample.of(chance.doubles(80).toArray()),
              ColumnSample.of(chance.doubles(50).toArray()))
          .pValue();
      below += p <= 0.05 ? 1 : 0;
    }
    assertThat(below / (double) runs).isBetween(0.02, 0.07);
  }

  @Test
  void whenCountsAreCompared_thenTheStatisticIsScipys() {
    ChiSquare test = ChiSquare.of(new long[] {30, 40, 20, 10}, new long[] {20, 45, 25, 30});
    assertThat(test.statistic()).isCloseTo(11.123420479302835, within(1e-12));
    assertThat(test.degrees()).isEqualTo(3);
    assertThat(test.pValue()).isCloseTo(0.011076875930271518, within(1e-12));
    assertThat(test.cramersV()).isCloseTo(Math.sqrt(11.123420479302835 / 220), within(1e-12));
  }

  @Test
  void whenBinsAreRare_thenTheyArePutTogether() {
    ChiSquare test = ChiSquare.of(new long[] {30, 40, 2, 1}, new long[] {20, 45, 1, 3});
    assertThat(test.degrees()).isEqualTo(2);
    assertThat(test.statistic()).isCloseTo(2.3261445137912227, within(1e-12));
    assertThat(test.pValue()).isCloseTo(0.31252454874857194, within(1e-12));
  }

  @Test
  void whenThereIsNothingToCompare_thenNothingDiffers() {
    assertThat(ChiSquare.of(new long[] {10}, new long[] {20}).pValue()).isEqualTo(1);
    assertThat(ChiSquare.of(new long[0], new long[0]).pValue()).isNaN();
    assertThat(ChiSquare.of(new long[] {0, 0}, new long[] {1, 2}).pValue()).isNaN();
  }
}
