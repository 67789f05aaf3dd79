package io.qilin.mlops.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature.Missing;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OnnxWriterTest {
  private static final double[] WEIGHTS = {1, -2, 0.5};

  @Test
  void whenLinearModelIsWritten_thenItGivesTheSum() {
    double[] scores = new double[2];
    try (OnnxModel model = Samples.open(OnnxWriter.linear(WEIGHTS, 0.25), 3)) {
      model.predict(new double[] {1, 1, 1, 2, 0, 4}, 2, scores);
    }
    assertThat(scores).containsExactly(-0.25, 4.25);
  }

  @Test
  void whenLogisticModelIsWritten_thenItGivesAProbability() {
    double[] scores = new double[1];
    try (OnnxModel model = Samples.open(OnnxWriter.logistic(WEIGHTS, 0), 3)) {
      model.predict(new double[] {1, 0, 2}, 1, scores);
    }
    assertThat(scores[0]).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-6));
  }

  @Test
  void whenTreesAreWritten_thenScoresAndMissingValuesAreThoseOfTheTrees() {
    OnnxTrees trees = Samples.trees(6, 50, 5, 3).base(0.5).build();
    requireSame(trees, rows(300, 6));
  }

  @Test
  void whenTreesTakeDoubles_thenValuesAtThresholdsFallToTheRightSide() {
    OnnxTrees trees = Samples.trees(6, 50, 5, 4).doubles().logistic(1).build();
    double[] rows = rows(300, 6);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < rows.length; i += 3) {
      OnnxTrees.Entry entry = trees.entries.get(random.nextInt(31));
      double edge = entry.leaf() ? 0 : entry.threshold();
      rows[i] = random.nextBoolean() ? edge : Math.nextUp(edge);
    }
    requireSame(trees, rows);
  }

  private static double[] rows(int count, int width) {
    double[] rows = Samples.reals(count * width, 9);
    for (int i = 0; i < rows.length; i += 7) {
      rows[i] = Double.NaN;
    }
    return rows;
  }

  private static void requireSame(OnnxTrees trees, double[] rows) {
    int width = trees.width;
    double[] scores = new double[rows.length / width];
    try (OnnxModel model = Samples.open(OnnxWriter.trees(trees), width, Missing.ACCEPTED)) {
      model.predict(rows, scores.length, scores);
    }
    for (int i = 0; i < scores.length; i++) {
      double[] row = Arrays.copyOfRange(rows, i * width, (i + 1) * width);
      assertThat(scores[i]).isCloseTo(Samples.score(trees, row), within(2e-5));
    }
  }

  @Property(tries = 500)
  void whenThresholdIsRoundedDown_thenEvery32BitValueFallsToTheSameSide(
      @ForAll double threshold, @ForAll float value) {
    float down = OnnxTrees.down(threshold);
    assertThat(value <= down).isEqualTo(value <= threshold);
    float near = (float) threshold;
    assertThat(near <= down).isEqualTo(near <= threshold);
  }

  @Test
  void whenOneLeafIsTheWholeTree_thenItIsTheScore() {
    double[] scores = new double[1];
    byte[] written =
        OnnxWriter.trees(OnnxTrees.builder(2).leaf(0, 0, 0.5).base(1).build());
    try (OnnxModel model = Samples.open(written, 2)) {
      model.predict(new double[2], 1, scores);
    }
    assertThat(scores[0]).isEqualTo(1.5);
  }

  @Test
  void whenPartsDoNotFit_thenTheyAreRefused() {
    OnnxTrees lost =
        OnnxTrees.builder(2).split(0, 0, 1, 0, 1, 2, true).leaf(0, 1, 1).build();
    requireCode(ErrorCode.MODEL_INVALID, () -> OnnxWriter.trees(lost));
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> OnnxWriter.linear(new double[0], 1));
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> OnnxWriter.linear(new double[] {1e300}, 1));
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> OnnxWriter.network(List.of()));
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> OnnxTrees.builder(2).build());
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> OnnxTrees.builder(0));
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> OnnxTrees.builder(2).leaf(0, 0, Double.NaN));
    requireCode(
        ErrorCode.INVALID_ARGUMENT, () -> OnnxTrees.builder(2).split(0, 0, 2, 0, 1, 2, true));
    OnnxWriter.Layer two = new OnnxWriter.Layer(2, 2, new double[4], new double[2]);
    OnnxWriter.Layer three = new OnnxWriter.Layer(3, 1, new double[3], new double[1]);
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> OnnxWriter.network(List.of(two, three)));
  }

  private static void requireCode(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
