package io.qilin.core.performance.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  @Property(tries = 100)
  void whenFitted_thenWhatIsLeftIsOrthogonalToEveryColumn(
      @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
    Random random = new Random(seed);
    double[][] columns = new double[4][20];
    double[][] kept = new double[4][20];
    double[] values = new double[20];
    for (int i = 0; i < 20; i++) {
      values[i] = random.nextGaussian();
      for (int c = 0; c < 4; c++) {
        columns[c][i] = random.nextGaussian();
        kept[c][i] = columns[c][i];
      }
    }
    double[] original = values.clone();

    double[] coefficients = LeastSquares.fit(columns, values);

    for (int c = 0; c < 4; c++) {
      double product = 0;
      for (int i = 0; i < 20; i++) {
        double left = original[i];
        for (int e = 0; e < 4; e++) {
          left -= coefficients[e] * kept[e][i];
        }
        product += left * kept[c][i];
      }
      assertThat(product).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void whenAColumnSaysNothingNew_thenItsCoefficientIsZero() {
    double[] coefficients = LeastSquares.fit(
        new double[][] {{1, 1, 1}, {2, 2, 2}, {1, 2, 3}, {0, 0, 0}}, new double[] {1, 3, 5});

    assertThat(coefficients).containsExactly(new double[] {-1, 0, 2, 0}, within(1e-14));
  }
}
