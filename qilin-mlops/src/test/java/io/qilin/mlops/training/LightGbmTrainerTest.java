package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.dataset.TrainingData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LightGbmTrainerTest extends TrainerTck {
  private static final int WIDTH = 8;

  @Override
  protected Trainer trainer() {
    return new LightGbmTrainer();
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("num_iterations", "30", "num_leaves", "15");
  }

  @Override
  protected double weightPrecision() {
    return 0.6; // bins and counts of leaves are of all rows, whatever their weight
  }

  /** Rows with unknown values, zeros, and labels that need all of it. */
  private static TrainingData data(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> names = new ArrayList<>();
    for (int j = 0; j < WIDTH; j++) {
      names.add("f" + j);
    }
    double[] rows = new double[count * WIDTH];
    double[] labels = new double[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < WIDTH; j++) {
        int kind = random.nextInt(10);
        double value = kind == 0 ? Double.NaN : kind == 1 ? 0 : random.nextDouble(-1, 1);
        rows[i * WIDTH + j] = value;
        labels[i] += Double.isNaN(value) ? 0.5 * j : (j % 3 - 1) * value * Math.abs(value);
      }
    }
    return TrainingData.of(names, rows, labels);
  }

  private static TrainingData signs(TrainingData data) {
    double[] labels = data.labels();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labels[i] > 2 ? 1 : 0;
    }
    return data.withLabels("sign", labels);
  }

  private static TrainedModel trained(
      TrainingData train, TrainingData valid, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(Map.of("num_iterations", "40"));
    parameters.putAll(more);
    return new LightGbmTrainer().train(train, valid, parameters, TrainingContext.silent(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"regression", "regression_l1", "huber", "quantile", "binary"})
  void whenEvaluatedInJava_thenAsTheLibraryDoes(String objective) {
    boolean binary = objective.equals("binary");
    TrainingData train = binary ? signs(data(1500, 1)) : data(1500, 1);
    TrainedModel model = trained(
        train,
        train,
        Map.of(
            "objective",
            objective,
            "feature_fraction",
            "0.7",
            "bagging_fraction",
            "0.8",
            "bagging_freq",
            "2"));
    TrainingData later = data(1000, 2);
    double[] rows = new double[1000 * WIDTH];
    later.copyRows(0, 1000, rows);
    double[] own = new double[1000];
    double[] expected =
        NativePrediction.of(new String(model.bytes(), StandardCharsets.UTF_8), rows, 1000, WIDTH);
    try (Predictor predictor = model.open()) {
      predictor.predict(rows, 1000, own);

      if (binary) {
        for (int i = 0; i < 1000; i++) {
          // The library's exponential function is the machine's, ours that of every machine.
          assertThat(own[i]).isCloseTo(expected[i], within(4 * Math.ulp(expected[i])));
        }
      } else {
        assertThat(own).containsExactly(expected);
      }
    }
  }

  @Test
  void whenThereAreMoreThreads_thenTheSameBytes() {
    TrainingData train = data(300, 1);
    Map<String, String> few = Map.of("num_iterations", "4");
    Map<String, String> two = Map.of("num_iterations", "4", "num_threads", "2");

    assertThat(trained(train, data(100, 2), two).sha256())
        .isEqualTo(trained(train, data(100, 2), few).sha256());
  }

  @Test
  void whenValidationGetsNoBetter_thenItStopsAndKeepsTheBest() {
    Listening context = new Listening(-1);
    SplittableRandom random = new SplittableRandom(1);
    double[] noise = random.doubles(400, -1, 1).toArray();
    TrainingData train = data(400, 1).withLabels("noise", noise);
    TrainedModel model = new LightGbmTrainer()
        .train(
            train,
            data(200, 2).withLabels("noise", random.doubles(200, -1, 1).toArray()),
            Map.of("num_iterations", "500", "early_stopping_rounds", "5"),
            context);

    int rounds = model.metrics().get("rounds").intValue();
    assertThat(context.progress.size()).isEqualTo(rounds + 5 + 1);
    assertThat(TreeEnsemble.parse(model.bytes()).trees()).hasSize(rounds);
    assertThat(rounds).isLessThan(100);
  }

  @Test
  void whenThereIsNothingToGain_thenTheMean() {
    TrainingData data =
        TrainingData.of(List.of("a name"), new double[] {1, 2, 3}, new double[] {1, 2, 6});
    TrainedModel model = trainer().train(data, null, Map.of(), TrainingContext.silent(1));
    double[] scores = new double[1];
    try (Predictor predictor = model.open()) {
      predictor.predict(new double[] {7}, 1, scores);
    }

    assertThat(scores[0]).isEqualTo(3);
    assertThat(model.signature().features()).containsExactly("a name");
  }

  @Test
  void whenNamesAreOdd_thenTheSignatureHasThem() {
    List<String> odd = List.of("收盘", "a \"quoted\" [name]", "x\ny=1", "Ref($close, 5)");
    double[] rows = new SplittableRandom(1).doubles(400, -1, 1).toArray();
    double[] labels = new double[100];
    for (int i = 0; i < 100; i++) {
      labels[i] = rows[4 * i];
    }
    TrainedModel model = trainer()
        .train(TrainingData.of(odd, rows, labels), null, Map.of(), TrainingContext.silent(1));

    assertThat(model.signature().features()).isEqualTo(odd);
    assertThat(TreeEnsemble.parse(model.bytes()).features()).contains("Column_3");
    try (Predictor predictor = model.open()) {
      assertThat(predictor.signature().features()).isEqualTo(odd);
    }
  }

  @Test
  void whenQlibsParametersAreTaken_thenTheyAreUnderstood() {
    Map<String, String> few = new HashMap<>(LightGbmTrainer.QLIB_ALPHA158);
    few.put("num_iterations", "2");
    few.put("lambda_l1", "0.1");
    TrainedModel model = trained(data(300, 1), data(100, 2), few);

    assertThat(model.parameters()).containsEntry("num_leaves", "210");
    assertThat(new String(model.bytes(), StandardCharsets.UTF_8))
        .contains("[lambda_l2: 580.977]")
        .contains("[feature_fraction: 0.8879]")
        .contains("[deterministic: 1]")
        .doesNotContain("num_threads");
  }

  @Test
  void whenTheQuantileIsNone_thenItIsRefused() {
    assertCode(
        () -> trained(data(50, 1), data(50, 1), Map.of("objective", "quantile", "alpha", "1")),
        ErrorCode.INVALID_ARGUMENT);
    assertCode(
        () -> trained(data(50, 1), data(50, 1), Map.of("objective", "binary")),
        ErrorCode.MODEL_MISMATCH);
  }
}
