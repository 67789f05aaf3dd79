package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Predictor;
import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.dataset.TrainingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The contract of every {@link Trainer}: extend, supply the trainer, run. It learns a sum of features, or the sign of it. */
abstract class TrainerTck {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final int ROWS = 600;

  protected abstract Trainer trainer();

  /** Parameters with which it learns quickly. */
  protected Map<String, String> parameters() {
    return Map.of();
  }

  /** Whether labels are 0 and 1. */
  protected boolean classes() {
    return false;
  }

  /** Hears all that is told. */
  static final class Listening implements TrainingContext {
    final List<Double> progress = new ArrayList<>();
    final Map<String, Double> metrics = new HashMap<>();
    final Cancellation cancellation = new Cancellation();
    private final int cancelAfter;

    Listening(int cancelAfter) {
      this.cancelAfter = cancelAfter;
    }

    @Override
    public long seed() {
      return 42;
    }

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }

    @Override
    public void log(String line) {
      assertThat(line).isNotBlank();
    }

    @Override
    public void progress(double done) {
      progress.add(done);
      if (progress.size() == cancelAfter) {
        cancellation.cancel();
      }
    }

    @Override
    public void metric(String name, long step, double value) {
      metrics.put(name, value);
    }
  }

  private TrainingData data(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] rows = new double[ROWS * 3];
    double[] labels = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < 3; j++) {
        rows[3 * i + j] = random.nextDouble(-1, 1);
      }
      double sum = 2 * rows[3 * i] - rows[3 * i + 1] + 0.1 * random.nextDouble(-1, 1);
      labels[i] = classes() ? (sum > 0 ? 1 : 0) : sum;
    }
    return TrainingData.of(NAMES, rows, labels);
  }

  private TrainedModel trained(TrainingData train, long seed) {
    return trainer().train(train, data(2), parameters(), TrainingContext.silent(seed));
  }

  private static double[] scores(TrainedModel model, TrainingData data) {
    double[] rows = new double[data.count() * data.width()];
    data.copyRows(0, data.count(), rows);
    double[] scores = new double[data.count()];
    try (Predictor predictor = model.open()) {
      predictor.predict(rows, data.count(), scores);
    }
    return scores;
  }

  @Test
  void whenTrained_thenItKnowsMoreThanTheMean() {
    TrainingData later = data(3);
    double[] scores = scores(trained(data(1), 1), later);
    double errors = 0;
    double spread = 0;
    double mean = 0;
    for (double label : later.labels()) {
      mean += label / later.count();
    }
    for (int i = 0; i < scores.length; i++) {
      errors += (scores[i] - later.label(i)) * (scores[i] - later.label(i));
      spread += (mean - later.label(i)) * (mean - later.label(i));
    }

    assertThat(errors).isLessThan(0.35 * spread);
  }

  @Test
  void whenTrainedAgain_thenTheSameBytes() {
    assertThat(trained(data(1), 7).bytes()).isEqualTo(trained(data(1), 7).bytes());
    assertThat(trained(data(1), 7).sha256()).isNotEqualTo(trained(data(4), 7).sha256());
  }

  @Test
  void whenOpenedFromItsBytes_thenTheSameScores() {
    TrainedModel model = trained(data(1), 1);
    double[] expected = scores(model, data(3));
    double[] rows = new double[ROWS * 3];
    data(3).copyRows(0, ROWS, rows);
    double[] scores = new double[ROWS];
    try (Predictor predictor =
        ModelFormats.of(model.kind()).open(model.signature(), model.bytes())) {
      predictor.predict(rows, ROWS, scores);
      assertThat(scores).containsExactly(expected);
      // One row at a time: the same bits.
      double[] one = new double[1];
      for (int i = 0; i < 50; i++) {
        predictor.predict(Arrays.copyOfRange(rows, 3 * i, 3 * i + 3), 1, one);
        assertThat(one[0]).isEqualTo(expected[i]);
      }
    }
  }

  @Test
  void whenTrained_thenItSaysWithWhat() {
    TrainingData train = data(1);
    TrainedModel model = trained(train, 1);

    assertThat(model.signature().features()).isEqualTo(NAMES);
    assertThat(model.dataHash()).isEqualTo(train.dataHash());
    assertThat(model.parameters().keySet())
        .containsExactlyElementsOf(
            trainer().parameters().stream().map(TrainerParameter::name).toList());
    assertThat(model.parameters()).containsAllEntriesOf(parameters());
    assertThat(model.metrics().keySet()).anyMatch(name -> name.startsWith("train."));
    assertThat(model.metrics().keySet()).anyMatch(name -> name.startsWith("valid."));
  }

  @Test
  void whenItGoesOn_thenProgressNeverFallsAndFiguresAreTold() {
    Listening context = new Listening(-1);
    trainer().train(data(1), data(2), parameters(), context);

    assertThat(context.progress).isSorted().last().isEqualTo(1.0);
    assertThat(context.progress).allMatch(done -> done >= 0 && done <= 1);
    assertThat(context.metrics.keySet()).anyMatch(name -> name.startsWith("train."));
  }

  @Test
  void whenCancelled_thenItStops() {
    Listening before = new Listening(-1);
    before.cancellation.cancel();
    assertCode(() -> trainer().train(data(1), null, parameters(), before), ErrorCode.CANCELLED);
    assertCode(
        () -> trainer().train(data(1), data(2), parameters(), new Listening(1)),
        ErrorCode.CANCELLED);
  }

  @Test
  void whenParametersAreWrong_thenTheyAreRefused() {
    assertThatThrownBy(() ->
            trainer().train(data(1), null, Map.of("no_such_thing", "1"), TrainingContext.silent(1)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("no_such_thing");
    for (TrainerParameter parameter : trainer().parameters()) {
      for (String value : List.of("", " 1", "1f", "NaN", "1e999", "0x10", "yes", "1".repeat(100))) {
        assertCode(
            () -> trainer()
                .train(data(1), null, Map.of(parameter.name(), value), TrainingContext.silent(1)),
            ErrorCode.INVALID_ARGUMENT);
      }
    }
  }

  @Test
  void whenValidationHasOtherFeatures_thenItIsRefused() {
    TrainingData other = TrainingData.of(List.of("a", "b"), new double[] {1, 2}, new double[] {0});
    assertCode(
        () -> trainer().train(data(1), other, parameters(), TrainingContext.silent(1)),
        ErrorCode.MODEL_MISMATCH);
  }

  @Test
  void whenARowCountsNothing_thenItIsAsIfItWereNotThere() {
    TrainingData train = data(1);
    double[] labels = train.labels();
    double[] weights = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      weights[i] = i < 500 ? 1 : 0;
      labels[i] = i < 500 ? labels[i] : 1 - labels[i];
    }
    TrainingData half = train.slice(0, 500);
    double[] with = scores(
        trainer()
            .train(
                train.withLabels("l", labels).withWeights(weights),
                null,
                parameters(),
                TrainingContext.silent(1)),
        data(3));
    double[] without =
        scores(trainer().train(half, null, parameters(), TrainingContext.silent(1)), data(3));

    assertThat(with).usingComparatorWithPrecision(weightPrecision()).containsExactly(without);
  }

  /** How far weights of 0 may be from rows that are not there: rounding, unless the trainer draws rows or bins. */
  protected double weightPrecision() {
    return 1e-9;
  }

  @Test
  void whenAPredictorIsMisused_thenItRefuses() {
    Predictor predictor = trained(data(1), 1).open();
    assertCode(() -> predictor.predict(new double[5], 2, new double[2]), ErrorCode.MODEL_MISMATCH);
    assertCode(() -> predictor.predict(new double[6], 2, new double[1]), ErrorCode.MODEL_MISMATCH);
    assertCode(() -> predictor.predict(new double[6], -1, new double[1]), ErrorCode.MODEL_MISMATCH);
    assertCode(
        () -> predictor.predict(new double[] {0, Double.NEGATIVE_INFINITY, 0}, 1, new double[1]),
        ErrorCode.MODEL_MISMATCH);
    double[] untouched = {5, 6};
    predictor.predict(new double[3], 1, untouched);
    assertThat(untouched[1]).isEqualTo(6, within(0.0));
    predictor.predict(new double[0], 0, new double[0]);
    predictor.close();
    predictor.close();
    assertCode(
        () -> predictor.predict(new double[3], 1, new double[1]), ErrorCode.INVALID_ARGUMENT);
  }

  static void assertCode(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
