package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.dataset.TrainingData;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.junit.jupiter.api.Test;

class LeastSquaresTrainerTest extends TrainerTck {
  private static final Map<String, String> NONE = Map.of();

  @Override
  protected Trainer trainer() {
    return new LeastSquaresTrainer();
  }

  static LinearModel solved(Trainer trainer, TrainingData data, Map<String, String> parameters) {
    return LinearModel.parse(
        trainer.train(data, null, parameters, TrainingContext.silent(0)).bytes());
  }

  /** Three features and a constant, with noise; more rows than are taken at a time. */
  static TrainingData noisy(int rows) {
    SplittableRandom random = new SplittableRandom(5);
    double[] values = new double[3 * rows];
    double[] labels = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[3 * i] = random.nextDouble();
      values[3 * i + 1] = 1000 * random.nextDouble() - 300;
      values[3 * i + 2] = values[3 * i] + 0.01 * random.nextDouble();
      labels[i] = 7 + values[3 * i] - 0.5 * values[3 * i + 1] + random.nextDouble();
    }
    return TrainingData.of(List.of("a", "b", "c"), values, labels);
  }

  @Test
  void whenThereIsNoNoise_thenTheCoefficientsAreFound() {
    // label = 2 a - 3 b + 5
    TrainingData data = TrainingData.of(
        List.of("a", "b"), new double[] {0, 0, 1, 0, 0, 1, 2, 3}, new double[] {5, 7, 2, 0});
    LinearModel model = solved(trainer(), data, NONE);

    assertThat(model.weight(0)).isCloseTo(2, within(1e-14));
    assertThat(model.weight(1)).isCloseTo(-3, within(1e-14));
    assertThat(model.intercept()).isCloseTo(5, within(1e-14));
  }

  @Test
  void whenSolvedByAnotherDecomposition_thenTheSame() {
    int rows = 700;
    TrainingData data = noisy(rows);
    double[][] matrix = new double[rows][4];
    double[] right = new double[rows];
    for (int i = 0; i < rows; i++) {
      double root = Math.sqrt(1 + i % 5);
      for (int j = 0; j < 3; j++) {
        matrix[i][j] = root * data.feature(i, j);
      }
      matrix[i][3] = root;
      right[i] = root * data.label(i);
    }
    double[] weights = new double[rows];
    for (int i = 0; i < rows; i++) {
      weights[i] = 1 + i % 5;
    }
    double[] expected = new QRDecomposition(new Array2DRowRealMatrix(matrix))
        .getSolver()
        .solve(new ArrayRealVector(right))
        .toArray();

    LinearModel model = solved(trainer(), data.withWeights(weights), NONE);

    for (int j = 0; j < 3; j++) {
      assertThat(model.weight(j))
          .isCloseTo(expected[j], within(1e-9 * (1 + Math.abs(expected[j]))));
    }
    assertThat(model.intercept()).isCloseTo(expected[3], within(1e-9));
  }

  @Test
  void whenAFeatureIsTheDifferenceOfOthers_thenTheLeastNorm() {
    // c = a - b, as CNTD and SUMD of Alpha158 are; label = a + b is 1, 1, 0 or any (1 - t, 1 + t,
    // t)
    double[] rows = {1, 0, 1, 0, 1, -1, 1, 1, 0, 3, 1, 2};
    TrainingData data = TrainingData.of(List.of("a", "b", "c"), rows, new double[] {1, 1, 2, 4});
    LinearModel model = solved(trainer(), data, Map.of("fit_intercept", "false"));

    assertThat(model.weight(0)).isCloseTo(1, within(1e-13));
    assertThat(model.weight(1)).isCloseTo(1, within(1e-13));
    assertThat(model.weight(2)).isCloseTo(0, within(1e-13));
  }

  @Test
  void whenThereAreFewerRowsThanFeatures_thenTheLeastNorm() {
    LinearModel model = solved(
        trainer(),
        TrainingData.of(List.of("a", "b"), new double[] {3, 4}, new double[] {25}),
        Map.of("fit_intercept", "false"));

    assertThat(model.weight(0)).isCloseTo(3, within(1e-13));
    assertThat(model.weight(1)).isCloseTo(4, within(1e-13));
  }

  @Test
  void whenNothingVaries_thenTheMean() {
    LinearModel model = solved(
        trainer(), TrainingData.of(List.of("a"), new double[] {2, 2}, new double[] {1, 4}), NONE);

    assertThat(model.weight(0)).isZero();
    assertThat(model.intercept()).isEqualTo(2.5);
  }

  @Test
  void whenValuesAreHuge_thenItSaysSo() {
    TrainingData data =
        TrainingData.of(List.of("a"), new double[] {1e200, -1e200, 1e199}, new double[] {1, 2, 3});

    assertThatThrownBy(() -> solved(trainer(), data, NONE))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRAINING_FAILED))
        .hasMessageContaining("normalise");
  }

  @Test
  void whenAFeatureIsNotKnown_thenThePlaceIsNamed() {
    TrainingData data =
        TrainingData.of(List.of("a", "b"), new double[] {1, 2, 3, Double.NaN}, new double[] {1, 2});

    assertThatThrownBy(() -> solved(trainer(), data, NONE))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_MISMATCH))
        .hasMessageContaining("'b' of row 1")
        .hasMessageContaining("Fillna");
  }
}
