package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.mlops.dataset.TrainingData;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogisticTrainerTest extends TrainerTck {
  @Override
  protected Trainer trainer() {
    return new LogisticTrainer();
  }

  @Override
  protected boolean classes() {
    return true;
  }

  private static TrainingData data() {
    SplittableRandom random = new SplittableRandom(3);
    double[] rows = new double[1000];
    double[] labels = new double[500];
    for (int i = 0; i < 500; i++) {
      rows[2 * i] = 5 + random.nextDouble(-1, 1);
      rows[2 * i + 1] = 100 * random.nextDouble(-1, 1);
      double chance = 1 / (1 + Math.exp(-(2 * rows[2 * i] - 9 + 0.02 * rows[2 * i + 1])));
      labels[i] = random.nextDouble() < chance ? 1 : 0;
    }
    return TrainingData.of(List.of("a", "b"), rows, labels);
  }

  /** At the minimum every derivative is 0. */
  @Test
  void whenSolved_thenNothingPullsAnyWay() {
    TrainingData data = data();
    LinearModel model =
        LeastSquaresTrainerTest.solved(trainer(), data, Map.of("C", "0.5", "tol", "1e-15"));
    double[] slope = {model.weight(0), model.weight(1), 0};
    for (int i = 0; i < data.count(); i++) {
      double sum = model.intercept();
      for (int j = 0; j < 2; j++) {
        sum += model.weight(j) * data.feature(i, j);
      }
      double off = 1 / (1 + Math.exp(-sum)) - data.label(i);
      for (int j = 0; j < 2; j++) {
        slope[j] += 0.5 * off * data.feature(i, j);
      }
      slope[2] += 0.5 * off;
    }

    assertThat(slope[0]).isCloseTo(0, within(1e-6));
    assertThat(slope[1]).isCloseTo(0, within(1e-4)); // of a feature a hundred times as large
    assertThat(slope[2]).isCloseTo(0, within(1e-6));
  }

  @Test
  void whenClassesAreApart_thenThePenaltyKeepsWeightsSmall() {
    TrainingData data =
        TrainingData.of(List.of("a"), new double[] {-2, -1, 1, 2}, new double[] {0, 0, 1, 1});
    LinearModel weak = LeastSquaresTrainerTest.solved(trainer(), data, Map.of("C", "1"));
    LinearModel strong = LeastSquaresTrainerTest.solved(trainer(), data, Map.of("C", "1e6"));

    assertThat(weak.weight(0)).isBetween(0.5, 3.0);
    assertThat(weak.intercept()).isCloseTo(0, within(1e-12));
    assertThat(strong.weight(0)).isGreaterThan(5).isLessThan(100);
  }

  @Test
  void whenLabelsAreNoClasses_thenTheyAreRefused() {
    assertCode(
        () -> LeastSquaresTrainerTest.solved(
            trainer(),
            TrainingData.of(List.of("a"), new double[] {1, 2}, new double[] {0, 0.5}),
            Map.of()),
        ErrorCode.MODEL_MISMATCH);
    assertThatThrownBy(() -> LeastSquaresTrainerTest.solved(
            trainer(),
            TrainingData.of(List.of("a"), new double[] {1, 2}, new double[] {1, 1}),
            Map.of()))
        .hasMessageContaining("all labels are 1");
  }
}
