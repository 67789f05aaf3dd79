package io.qilin.mlops.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelSignature.Missing;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.training.LinearModel;
import io.qilin.mlops.training.TreeEnsemble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Trained models score the same through ONNX Runtime as by themselves. */
class OnnxExportTest {
  private static final int ROWS = 2_000;

  @ParameterizedTest
  @CsvSource({"regression, false", "regression, true", "binary, false", "binary, true"})
  void whenLightGbmModelIsExported_thenScoresAndMissingValuesSurvive(String name, boolean doubles)
      throws IOException {
    TreeEnsemble trees = TreeEnsemble.parse(text(name));
    OnnxTrees.Builder builder = OnnxExport.trees(trees);
    byte[] model = OnnxWriter.trees(doubles ? builder.doubles().build() : builder.build());
    ModelSignature signature = Samples.signature(trees.width(), Missing.ACCEPTED);
    try (Predictor own = trees.predictor(signature);
        OnnxModel exported = Samples.open(model, trees.width(), Missing.ACCEPTED)) {
      requireSame(own, exported, rows(trees, doubles));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenLinearModelIsExported_thenScoresSurvive(LinearModel.Link link) {
    ModelSignature signature = Samples.signature(30, Missing.NO_SCORE);
    LinearModel model = LinearModel.of(signature.features(), link, Samples.reals(30, 1), 0.3);
    try (Predictor own = model.predictor();
        OnnxModel exported = Samples.open(OnnxExport.of(model), 30)) {
      double[] rows = Samples.reals(ROWS * 30, 2);
      rows[31] = Double.NaN;
      requireSame(own, exported, rows);
    }
  }

  @Test
  void whenZeroIsMissingOnTheOtherSide_thenItIsRefused() throws IOException {
    String text = new String(text("regression"), StandardCharsets.UTF_8);
    String zero = text.replaceFirst("(?m)^tree_sizes=.*$", "")
        .replaceAll("(?m)(?<=^decision_type=)[0-9 ]*$", "4 4 4 4 4 4 4 4 4 4 4");
    TreeEnsemble trees = TreeEnsemble.parse(zero.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> OnnxExport.of(trees))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContaining("zero_as_missing=false");
  }

  private static void requireSame(Predictor own, Predictor exported, double[] rows) {
    int count = rows.length / own.signature().width();
    double[] expected = new double[count];
    double[] scores = new double[count];
    own.predict(rows, count, expected);
    exported.predict(rows, count, scores);
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(expected[i])) {
        assertThat(scores[i]).isNaN();
      } else {
        assertThat(scores[i]).as("row " + i).isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  /** Random values, with NaN, zeros, and values at thresholds: as they are, or the nearest of 32 bits. */
  private static double[] rows(TreeEnsemble trees, boolean exact) {
    SplittableRandom random = new SplittableRandom(6);
    double[] rows = new double[ROWS * trees.width()];
    for (int i = 0; i < rows.length; i++) {
      var tree = trees.trees().get(random.nextInt(trees.trees().size()));
      double threshold = tree.threshold(random.nextInt(tree.nodes()));
      double value = switch (random.nextInt(5)) {
        case 0 -> Double.NaN;
        case 1 -> 0;
        case 2 -> threshold;
        case 3 -> Math.nextUp(threshold);
        default -> random.nextGaussian();
      };
      rows[i] = exact ? value : (float) value;
    }
    return rows;
  }

  private static byte[] text(String name) throws IOException {
    try (InputStream in =
        OnnxExportTest.class.getResourceAsStream("/onnx/lightgbm-" + name + ".txt")) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
