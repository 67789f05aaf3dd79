package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Mutation;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainersTest {
  @Test
  void whenDiscovered_thenTheStandardOnesAreThere() {
    assertThat(Trainers.discover(getClass().getClassLoader()).ids())
        .isEqualTo(Trainers.standard().ids())
        .containsExactly("least-squares", "lightgbm", "logistic", "ridge", "sgd");
  }

  @Test
  void whenAnIdIsMisspelt_thenTheNearestIsNamed() {
    assertThatThrownBy(() -> Trainers.standard().named("lightgmb"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContaining("did you mean 'lightgbm'");
  }

  @Test
  void whenTwoHaveOneId_thenTheyAreRefused() {
    assertThatThrownBy(() -> Trainers.of(List.of(new RidgeTrainer(), new RidgeTrainer())))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }

  @Test
  void whenAParameterIsMisspelt_thenTheNearestIsNamed() {
    List<TrainerParameter> known = new LightGbmTrainer().parameters();

    assertThatThrownBy(() -> ParameterValues.read(known, Map.of("learning_rat", "0.1")))
        .hasMessageContaining("did you mean 'learning_rate'");
    assertThatThrownBy(() -> ParameterValues.read(known, Map.of("num_leaves", "1")))
        .hasMessageContaining("from 2 to 131072")
        .hasMessageContaining("'1'");
    assertThat(ParameterValues.read(known, Map.of("learning_rate", "5e-2")).number("learning_rate"))
        .isEqualTo(0.05);
  }

  @Test
  void whenAKindIsUnknown_thenTheKnownAreNamed() {
    assertThatThrownBy(() -> ModelFormats.of("pickle"))
        .hasMessageContaining("'pickle'")
        .hasMessageContaining("lightgbm-text");
  }

  @Test
  void whenALinearModelIsDamaged_thenItIsRefusedOrIsAModel() {
    byte[] bytes = LinearModel.of(
            List.of("a", "b"), LinearModel.Link.IDENTITY, new double[] {1.5, -2e-7}, 0.25)
        .bytes();
    SplittableRandom random = new SplittableRandom(6);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      try {
        LinearModel read = LinearModel.parse(Mutation.of(bytes, random));
        assertThat(LinearModel.parse(read.bytes()).weights()).containsExactly(read.weights());
      } catch (QilinException e) {
        assertThat(e.code()).isIn(ErrorCode.MODEL_INVALID, ErrorCode.LIMIT_EXCEEDED);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void whenTheSignatureIsOfAnotherModel_thenItIsNotOpened() {
    LinearModel model =
        LinearModel.of(List.of("a", "b"), LinearModel.Link.IDENTITY, new double[] {1, 2}, 0);
    LinearModel other =
        LinearModel.of(List.of("b", "a"), LinearModel.Link.IDENTITY, new double[] {1, 2}, 0);

    assertThatThrownBy(() -> ModelFormats.LINEAR.open(other.signature(), model.bytes()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_MISMATCH));
  }
}
