package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.dataset.TrainingData;
import io.qilin.testkit.Mutation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SgdTrainerTest {
  private static SgdModel model(String... parameters) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(parameters[i], parameters[i + 1]);
    }
    return SgdModel.of(List.of("a"), map);
  }

  private static SgdModel fed(SgdModel model, double x, double y) {
    model.partialFit(new double[] {x}, new double[] {y}, 1);
    return model;
  }

  /** One row x = 2 from weights of 0: weight = -eta · slope · 2, with the slopes of scikit-learn's losses at 0. */
  @ParameterizedTest
  @CsvSource({
    "squared_error, 3, -3",
    "huber, 3, -0.1",
    "huber, 0.05, -0.05",
    "epsilon_insensitive, 3, -1",
    "epsilon_insensitive, 0.05, 0",
    "log_loss, 1, -0.5",
    "log_loss, 0, 0.5",
    "hinge, 1, -1",
    "modified_huber, 0, 2"
  })
  void whenOneRowIsLearnt_thenAStepDownTheLoss(String loss, double label, double slope) {
    SgdModel model = fed(model("loss", loss, "learning_rate", "constant", "eta0", "0.1"), 2, label);

    assertThat(model.linear().weight(0)).isCloseTo(-0.1 * slope * 2, within(1e-15));
    assertThat(model.linear().intercept()).isCloseTo(-0.1 * slope, within(1e-15));
  }

  @Test
  void whenRatesFall_thenAsScikitLearnHasThem() {
    // The second row's prediction is right, so that only the first step and the shrinking show.
    SgdModel scaled = model("eta0", "0.4", "penalty", "none", "fit_intercept", "false");
    fed(scaled, 1, 1);
    fed(scaled, 1, 1);
    double first = 0.4;
    double second = first + 0.4 / StrictMath.pow(2, 0.25) * (1 - first);
    assertThat(scaled.linear().weight(0)).isCloseTo(second, within(1e-15));

    // optimal: typical weight 1 / alpha^(1/4), first rate typical / max(1, slope(-typical, 1)).
    SgdModel optimal =
        model("learning_rate", "optimal", "loss", "hinge", "alpha", "0.0001", "penalty", "none");
    fed(optimal, 1, 1);
    assertThat(optimal.linear().weight(0)).isCloseTo(10, within(1e-12));
  }

  @Test
  void whenPunished_thenWeightsShrinkOrAreCut() {
    String[] rate = {"learning_rate", "constant", "eta0", "0.5", "fit_intercept", "false"};
    SgdModel squared = model(joined(rate, "penalty", "l2", "alpha", "0.1"));
    fed(squared, 1, 1);
    fed(squared, 0, 0);
    assertThat(squared.linear().weight(0)).isCloseTo(0.5 * 0.95, within(1e-15));

    SgdModel cut = model(joined(rate, "penalty", "l1", "alpha", "0.1"));
    fed(cut, 1, 1); // 0.5 - 0.05
    assertThat(cut.linear().weight(0)).isCloseTo(0.45, within(1e-15));
    fed(cut, 0, 0); // in all 0.1 of which 0.05 was cut
    assertThat(cut.linear().weight(0)).isCloseTo(0.40, within(1e-15));
    for (int i = 0; i < 20; i++) {
      fed(cut, 0, 0);
    }
    assertThat(cut.linear().weight(0)).isZero();
  }

  private static String[] joined(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"squared_error", "huber", "log_loss", "hinge"})
  void whenWrittenAndRead_thenItLearnsOnAlike(String loss) {
    SplittableRandom random = new SplittableRandom(2);
    double[] rows = random.doubles(300, -1, 1).toArray();
    double[] labels = random.ints(100, 0, 2).asDoubleStream().toArray();
    SgdModel model = SgdModel.of(
        List.of("a", "b", "c"), Map.of("loss", loss, "penalty", "elasticnet", "alpha", "0.01"));
    model.partialFit(rows, labels, 50);

    SgdModel read = SgdModel.parse(model.state());
    SgdModel copy = model.copy();
    byte[] before = copy.state();
    double[] more = Arrays.copyOfRange(rows, 150, 300);
    double[] moreLabels = Arrays.copyOfRange(labels, 50, 100);
    model.partialFit(more, moreLabels, 50);
    read.partialFit(more, moreLabels, 50);

    assertThat(read.state()).isEqualTo(model.state());
    assertThat(copy.state()).isEqualTo(before).isNotEqualTo(model.state());
    assertThat(model.rowsSeen()).isEqualTo(100);
    // In one go: the same bits.
    SgdModel whole = SgdModel.of(
        List.of("a", "b", "c"), Map.of("loss", loss, "penalty", "elasticnet", "alpha", "0.01"));
    whole.partialFit(rows, labels, 100);
    assertThat(whole.state()).isEqualTo(model.state());
  }

  @Test
  void whenRowsAreBad_thenTheModelIsAsBefore() {
    SgdModel model = fed(model("loss", "log_loss"), 1, 1);
    byte[] before = model.state();

    assertRefused(
        model, new double[] {1, Double.NaN}, new double[] {0, 1}, ErrorCode.MODEL_MISMATCH);
    assertRefused(
        model,
        new double[] {1, Double.POSITIVE_INFINITY},
        new double[] {0, 1},
        ErrorCode.MODEL_MISMATCH);
    assertRefused(model, new double[] {1, 2}, new double[] {0, 2}, ErrorCode.MODEL_MISMATCH);
    assertRefused(model, new double[] {1, 2}, new double[] {0}, ErrorCode.MODEL_MISMATCH);
    assertRefused(model, new double[] {1}, new double[] {0, 1}, ErrorCode.MODEL_MISMATCH);
    assertThat(model.state()).isEqualTo(before);
  }

  @Test
  void whenItDiverges_thenTheModelIsAsBefore() {
    SgdModel model = fed(model("learning_rate", "constant", "eta0", "1000000"), 1, 1);
    byte[] before = model.state();
    double[] rows = new double[200];
    Arrays.fill(rows, 1e300);

    assertRefused(model, rows, new double[200], ErrorCode.TRAINING_FAILED);
    assertThat(model.state()).isEqualTo(before);
  }

  private static void assertRefused(
      SgdModel model, double[] rows, double[] labels, ErrorCode code) {
    int count = Math.max(rows.length, labels.length);
    assertThatThrownBy(() -> model.partialFit(rows, labels, count))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenBytesAreDamaged_thenTheyAreRefusedOrMeanAModel() {
    byte[] bytes = fed(model(), 1, 1).state();
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      try {
        SgdModel read = SgdModel.parse(Mutation.of(bytes, random));
        assertThat(SgdModel.parse(read.state()).state()).isEqualTo(read.state());
      } catch (QilinException e) {
        assertThat(e.code()).isIn(ErrorCode.MODEL_INVALID, ErrorCode.LIMIT_EXCEEDED);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void whenNothingGetsBetter_thenItEnds() {
    TrainingData data =
        TrainingData.of(List.of("a"), new double[] {-1, 1, -0.5, 0.5}, new double[] {-2, 2, -1, 1});
    TrainerTck.Listening context = new TrainerTck.Listening(-1);
    TrainedModel model = new SgdTrainer()
        .train(data, null, Map.of("learning_rate", "adaptive", "tol", "1e-9"), context);

    assertThat(SgdModel.parse(model.bytes()).linear().weight(0)).isCloseTo(2, within(1e-3));
    assertThat(context.progress.size()).isLessThan(1000);
  }

  @Nested
  class RegressorTest extends TrainerTck {
    @Override
    protected Trainer trainer() {
      return new SgdTrainer();
    }

    @Override
    protected double weightPrecision() {
      return 0.2; // other orders of the rows
    }
  }

  @Nested
  class ClassifierTest extends TrainerTck {
    @Override
    protected Trainer trainer() {
      return new SgdTrainer();
    }

    @Override
    protected Map<String, String> parameters() {
      return Map.of("loss", "log_loss", "learning_rate", "constant", "eta0", "0.1");
    }

    @Override
    protected boolean classes() {
      return true;
    }

    @Override
    protected double weightPrecision() {
      return 0.3; // other orders of the rows
    }
  }
}
