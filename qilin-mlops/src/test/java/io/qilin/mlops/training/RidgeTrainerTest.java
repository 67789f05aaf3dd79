package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.mlops.dataset.TrainingData;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class RidgeTrainerTest extends TrainerTck {
  @Override
  protected Trainer trainer() {
    return new RidgeTrainer();
  }

  @Test
  void whenThereIsOneFeature_thenTheClosedForm() {
    // centred: x = -1, 0, 1; y = -2, 0, 2; w = 4 / (2 + alpha)
    LinearModel model = LeastSquaresTrainerTest.solved(
        trainer(),
        TrainingData.of(List.of("a"), new double[] {1, 2, 3}, new double[] {0, 2, 4}),
        Map.of("alpha", "3"));

    assertThat(model.weight(0)).isCloseTo(0.8, within(1e-15));
    assertThat(model.intercept()).isCloseTo(2 - 0.8 * 2, within(1e-15));
  }

  @Test
  void whenThereAreSeveral_thenTheNormalEquations() {
    int rows = 600;
    TrainingData data = LeastSquaresTrainerTest.noisy(rows);
    double[] means = new double[4];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < 3; j++) {
        means[j] += data.feature(i, j) / rows;
      }
      means[3] += data.label(i) / rows;
    }
    RealMatrix x = new Array2DRowRealMatrix(rows, 3);
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < 3; j++) {
        x.setEntry(i, j, data.feature(i, j) - means[j]);
      }
      y[i] = data.label(i) - means[3];
    }
    RealMatrix normal = x.transposeMultiply(x);
    for (int j = 0; j < 3; j++) {
      normal.addToEntry(j, j, 2.5);
    }
    double[] expected = new CholeskyDecomposition(normal)
        .getSolver()
        .solve(new ArrayRealVector(x.preMultiply(y)))
        .toArray();

    LinearModel model = LeastSquaresTrainerTest.solved(trainer(), data, Map.of("alpha", "2.5"));

    for (int j = 0; j < 3; j++) {
      assertThat(model.weight(j)).isCloseTo(expected[j], within(1e-9));
    }
  }

  @Test
  void whenAlphaIsZero_thenLeastSquares() {
    TrainingData data = LeastSquaresTrainerTest.noisy(300);

    assertThat(LeastSquaresTrainerTest.solved(trainer(), data, Map.of("alpha", "0"))
            .weights())
        .containsExactly(LeastSquaresTrainerTest.solved(new LeastSquaresTrainer(), data, Map.of())
            .weights());
  }
}
