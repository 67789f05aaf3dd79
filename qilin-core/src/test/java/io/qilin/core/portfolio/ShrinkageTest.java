package io.qilin.core.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShrinkageTest {
  /** Daily returns, one row a day, one column a share. */
  private static final double[][] RETURNS = {
    {0.002, 0.00999, -0.00409, 0.00974},
    {0.01122, 0.00504, -0.00975, -0.00325},
    {-0.0075, -0.01303, 0.00734, -0.00222},
    {-0.00872, 0.00118, 0.01038, 0.00784},
    {-0.001, 0.00834, -0.00401, 0.01523},
    {0.00295, -0.00358, -0.0036, -0.00114},
    {-0.0127, -0.01323, 0.01159, 0.00222},
    {-0.0099, 0.00442, 0.00806, 0.01534},
    {0.00965, 0.00883, -0.01159, 0.00348},
    {0.00159, -0.00158, 0.00628, -0.00493},
    {-0.01542, -0.00916, 0.01453, 0.00762},
    {-0.00726, 0.00592, 0.00175, 0.01787}
  };

  /** Closes of 1 + return after a reference price of 1: the returns up to rounding. */
  private static ReturnWindow window() {
    Panel.Builder builder =
        Panel.builder(Panels.weekdays(Panels.FIRST_DAY, RETURNS.length), Adjustment.RAW);
    for (int i = 0; i < 4; i++) {
      int share = i;
      double[] closes =
          Arrays.stream(RETURNS).mapToDouble(day -> 1 + day[share]).toArray();
      double[] ones = new double[closes.length];
      Arrays.fill(ones, 1);
      builder.column(Shares.of(4).get(i), Field.CLOSE, 0, closes);
      builder.column(Shares.of(4).get(i), Field.PRE_CLOSE, 0, ones);
    }
    return ReturnWindow.of(builder.build(), Shares.of(4), RETURNS.length, 2);
  }

  /**
   * The first and the last are of scikit-learn 1.9.1 (ledoit_wolf, oas); the second is the authors'
   * published program, transcribed to NumPy as it stands.
   */
  @ParameterizedTest
  @CsvSource({
    "LEDOIT_WOLF_IDENTITY, 0.2096591612227554, 3.026171493162375e-05, 6.813418451777698e-05",
    "LEDOIT_WOLF_CONSTANT_CORRELATION, 0.15696271047773266, 3.080027715315109e-05,"
        + " 6.911969097222222e-05",
    "OAS, 0.4289323939090974, 2.186586375688785e-05, 6.710348695684442e-05"
  })
  void whenEstimated_thenTheAuthorsNumbersComeOut(
      Shrinkage shrinkage, double intensity, double covariance, double variance) {
    ShrunkCovariance shrunk = shrinkage.estimate(window());

    assertThat(shrunk.intensity()).isCloseTo(intensity, within(1e-10));
    assertThat(shrunk.covariance().value(0, 1)).isCloseTo(covariance, within(1e-15));
    assertThat(shrunk.covariance().value(2, 2)).isCloseTo(variance, within(1e-15));
  }

  @Test
  void whenNotShrunk_thenItIsTheSample() {
    double a = Arrays.stream(RETURNS).mapToDouble(day -> day[0]).average().orElseThrow();
    double b = Arrays.stream(RETURNS).mapToDouble(day -> day[3]).average().orElseThrow();
    double sum =
        Arrays.stream(RETURNS).mapToDouble(d -> (d[0] - a) * (d[3] - b)).sum();

    ShrunkCovariance sample = Shrinkage.NONE.estimate(window());

    assertThat(sample.intensity()).isZero();
    assertThat(sample.covariance().value(0, 3)).isCloseTo(sum / 12, within(1e-17));
  }

  @Property(tries = 60)
  void whenThereAreFewerDaysThanShares_thenAShrunkCovarianceIsRegular(
      @ForAll @IntRange(min = 5, max = 12) int days, @ForAll long seed) {
    Panel panel = Panels.random(20, days, 0, seed);
    ReturnWindow window = ReturnWindow.of(panel, panel.symbols(), days, 3);
    for (Shrinkage shrinkage : Shrinkage.values()) {
      ShrunkCovariance shrunk = shrinkage.estimate(window);
      assertThat(shrunk.intensity()).isBetween(0.0, 1.0);
      int n = shrunk.covariance().symbols().size();
      boolean pulled = shrunk.intensity() > 1e-3;
      assertThat(pulled).isEqualTo(shrinkage != Shrinkage.NONE);
      if (pulled) {
        assertThat(Cholesky.of(shrunk.covariance().flat(), n)).isPresent();
      }
    }
  }

  @Test
  void whenThereIsOneShare_thenItsVarianceIsKept() {
    Panel one = Panels.random(1, 40, 0, 3);
    ReturnWindow window = ReturnWindow.of(one, one.symbols(), 40, 10);
    double variance = Shrinkage.NONE.estimate(window).covariance().value(0, 0);
    for (Shrinkage shrinkage : Shrinkage.values()) {
      assertThat(shrinkage.estimate(window).covariance().value(0, 0))
          .isCloseTo(variance, within(1e-15));
    }
  }

  @Test
  void whenNoShareIsLeft_thenRefusedWithTheReasons() {
    Panel panel = Panels.random(2, 5, 0, 3);
    ReturnWindow window = ReturnWindow.of(panel, panel.symbols(), 60, 30);
    PortfolioOptimizerTest.assertInvalid(
        () -> Shrinkage.OAS.estimate(window), "600000.SH", "needs 30");
  }
}
