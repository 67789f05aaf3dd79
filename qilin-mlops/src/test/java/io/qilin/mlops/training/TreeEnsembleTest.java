package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import io.qilin.testkit.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeEnsembleTest {
  private static final double NAN = Double.NaN;

  /** Two features; a tree of three leaves (x0 ≤ 0.5 ? (x1 ≤ -2 ? 1 : 2) : 4), and one of one leaf. */
  private static String model(String firstDecision) {
    return """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        label_index=0
        max_feature_idx=1
        objective=regression
        feature_names=a b
        feature_infos=[0:1] [0:1]
        tree_sizes=100 100

        Tree=0
        num_leaves=3
        num_cat=0
        split_feature=0 1
        split_gain=1 1
        threshold=0.5 -2
        decision_type=%s 8
        left_child=1 -1
        right_child=-3 -2
        leaf_value=1 2 4
        is_linear=0
        shrinkage=1


        Tree=1
        num_leaves=1
        num_cat=0
        leaf_value=0.25

        end of trees

        feature_importances:
        a=1
        """.formatted(firstDecision);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static double score(String text, double... row) {
    TreeEnsemble trees = TreeEnsemble.parse(bytes(text));
    double[] scores = new double[1];
    try (Predictor predictor =
        trees.predictor(new ModelSignature(trees.features(), ModelSignature.Missing.ACCEPTED))) {
      predictor.predict(row, 1, scores);
    }
    return scores[0];
  }

  @Test
  void whenParsed_thenTheTreesAreThere() {
    TreeEnsemble trees = TreeEnsemble.parse(bytes(model("10")));
    DecisionTree tree = trees.trees().get(0);

    assertThat(trees.features()).containsExactly("a", "b");
    assertThat(trees.trees()).hasSize(2);
    assertThat(tree.nodes()).isEqualTo(2);
    assertThat(tree.leaves()).isEqualTo(3);
    assertThat(tree.feature(1)).isEqualTo(1);
    assertThat(tree.threshold(0)).isEqualTo(0.5);
    assertThat(tree.left(0)).isEqualTo(1);
    assertThat(~tree.right(0)).isEqualTo(2);
    assertThat(tree.leaf(2)).isEqualTo(4);
    assertThat(tree.missing(0)).isEqualTo(DecisionTree.Missing.NAN);
    assertThat(tree.missingLeft(0)).isTrue();
    assertThat(tree.missingLeft(1)).isFalse();
    assertThat(trees.uses(1)).isTrue();
    assertThat(trees.trees().get(1).nodes()).isZero();
  }

  /** Decision types: 2 · default left + 4 · (none 0, zero 1, NaN 2). */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5, 2.25",
    "0, 0.6, 4.25",
    "0, NaN, 2.25",
    "2, NaN, 2.25",
    "4, 0, 4.25",
    "4, 0.1, 2.25",
    "4, NaN, 4.25",
    "4, 1e-36, 4.25",
    "4, 1e-34, 2.25",
    "6, 0, 2.25",
    "6, NaN, 2.25",
    "6, 0.6, 4.25",
    "8, 0, 2.25",
    "8, NaN, 4.25",
    "10, NaN, 2.25",
    "10, 0.6, 4.25"
  })
  void whenSomethingIsMissing_thenAsLightGbmDecides(String decision, double value, double score) {
    assertThat(score(model(decision), value, 0)).isEqualTo(score);
  }

  @Test
  void whenAThresholdIsNearZero_thenWhatLightGbmTakesForZeroIsZero() {
    String positive = model("8").replace("threshold=0.5", "threshold=1.0000000180025095e-35");
    String negative = model("8").replace("threshold=0.5", "threshold=-1.0000000180025095e-35");
    String zero = model("8").replace("threshold=0.5", "threshold=0");

    for (double tiny : new double[] {-1e-35f, -1e-36, -0.0, 0, 1e-36, 1e-35f}) {
      assertThat(score(positive, tiny, 0)).isEqualTo(2.25);
      assertThat(score(zero, tiny, 0)).isEqualTo(2.25);
      assertThat(score(negative, tiny, 0)).isEqualTo(4.25);
    }
    assertThat(score(negative, -2e-35, 0)).isEqualTo(2.25);
    assertThat(score(zero, 2e-35, 0)).isEqualTo(4.25);
  }

  @Test
  void whenAThresholdIsInfinite_thenOnlyTheUnknownIsToldApart() {
    String infinite = model("8").replace("threshold=0.5", "threshold=inf");

    assertThat(score(infinite, Double.MAX_VALUE, 0)).isEqualTo(2.25);
    assertThat(score(infinite, NAN, 0)).isEqualTo(4.25);
  }

  @Test
  void whenBinary_thenTheLogisticFunction() {
    String binary = model("8").replace("objective=regression", "objective=binary sigmoid:2");

    assertThat(score(binary, 1, 0)).isEqualTo(1 / (1 + StrictMath.exp(-8.5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "num_class=1|num_class=3|UNSUPPORTED",
        "version=v4|version=v9|UNSUPPORTED",
        "objective=regression|objective=poisson|UNSUPPORTED",
        "objective=regression|objective=regression sqrt|UNSUPPORTED",
        "objective=regression|average_output|UNSUPPORTED",
        "num_cat=0|num_cat=1|UNSUPPORTED",
        "is_linear=0|is_linear=1|UNSUPPORTED",
        "decision_type=8|decision_type=9|UNSUPPORTED",
        "decision_type=8|decision_type=12|MODEL_INVALID",
        "decision_type=8|decision_type=-1|UNSUPPORTED",
        "left_child=1 -1|left_child=0 -1|MODEL_INVALID",
        "left_child=1 -1|left_child=1 1|MODEL_INVALID",
        "left_child=1 -1|left_child=-1 -1|MODEL_INVALID",
        "left_child=1 -1|left_child=2 -1|MODEL_INVALID",
        "right_child=-3 -2|right_child=-3 -4|MODEL_INVALID",
        "right_child=-3 -2|right_child=-3|MODEL_INVALID",
        "right_child=-3 -2|right_child=-3 -2 -2|MODEL_INVALID",
        "split_feature=0 1|split_feature=0 2|MODEL_INVALID",
        "threshold=0.5|threshold=nan|MODEL_INVALID",
        "leaf_value=1 2 4|leaf_value=1 inf 4|MODEL_INVALID",
        "leaf_value=1 2 4|leaf_value=1 1e999 4|MODEL_INVALID",
        "leaf_value=1 2 4|leaf_value=1  4|MODEL_INVALID",
        "num_leaves=3|num_leaves=2000000000|MODEL_INVALID",
        "num_leaves=3|num_leaves=0|MODEL_INVALID",
        "Tree=1|Tree=2|MODEL_INVALID",
        "end of trees|end of tree|MODEL_INVALID",
        "feature_names=a b|feature_names=a|MODEL_INVALID",
        "max_feature_idx=1|max_feature_idx=1e9|MODEL_INVALID",
        "label_index=0|version=v4|MODEL_INVALID"
      })
  void whenSomethingIsWrong_thenItIsRefused(String was, String is, ErrorCode code) {
    String text = model("8");
    String changed = text.replace(was, is);
    assertThat(changed).isNotEqualTo(text);
    assertThatThrownBy(() -> TreeEnsemble.parse(bytes(changed)))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenTheTextIsCut_thenItIsRefused() {
    String text = model("8");
    int end = text.indexOf("end of trees") + "end of trees".length();
    for (int length = 0; length < end; length++) {
      byte[] cut = Arrays.copyOf(bytes(text), length);
      assertThatThrownBy(() -> TreeEnsemble.parse(cut)).isInstanceOf(QilinException.class);
    }
  }

  @Test
  void whenTheTextIsDamaged_thenItIsRefusedOrEveryWalkEnds() {
    byte[] valid = bytes(model("10"));
    SplittableRandom random = new SplittableRandom(8);
    int refused = 0;
    for (int i = 0; i < 1_500; i++) {
      TreeEnsemble read;
      try {
        read = TreeEnsemble.parse(Mutation.of(valid, random));
      } catch (QilinException e) {
        assertThat(e.code())
            .isIn(ErrorCode.MODEL_INVALID, ErrorCode.UNSUPPORTED, ErrorCode.LIMIT_EXCEEDED);
        refused++;
        continue;
      }
      ModelSignature signature = new ModelSignature(
          IntStream.range(0, read.width()).mapToObj(f -> "f" + f).toList(),
          ModelSignature.Missing.ACCEPTED);
      double[] scores = new double[2];
      double[] rows = new double[2 * read.width()];
      rows[0] = NAN;
      try (Predictor predictor = read.predictor(signature)) {
        predictor.predict(rows, 2, scores);
      }
      assertThat(scores[0]).isFinite();
    }
    assertThat(refused).isBetween(400, 1_499);
  }

  @Test
  void whenOneTreeIsAChain_thenDepthDoesNotMatter() {
    int nodes = 20_000;
    String left = IntStream.range(0, nodes)
        .mapToObj(i -> Integer.toString(i + 1 < nodes ? i + 1 : ~nodes))
        .collect(Collectors.joining(" "));
    String right = IntStream.range(0, nodes)
        .mapToObj(i -> Integer.toString(~i))
        .collect(Collectors.joining(" "));
    String chain = model("8")
        .replace("num_leaves=3", "num_leaves=" + (nodes + 1))
        .replace("split_feature=0 1", "split_feature=" + same("0", nodes))
        .replace("threshold=0.5 -2", "threshold=" + same("1", nodes))
        .replace("decision_type=8 8", "decision_type=" + same("8", nodes))
        .replace("left_child=1 -1", "left_child=" + left)
        .replace("right_child=-3 -2", "right_child=" + right)
        .replace("leaf_value=1 2 4", "leaf_value=" + same("3", nodes + 1));

    assertThat(score(chain, 0, 0)).isEqualTo(3.25);
  }

  private static String same(String value, int count) {
    return String.join(" ", Collections.nCopies(count, value));
  }

  @Test
  void whenNamesDiffer_thenTheNumberStillHasToBeRight() {
    TreeEnsemble trees = TreeEnsemble.parse(bytes(model("8")));

    assertThat(trees
            .predictor(new ModelSignature(List.of("x", "y"), ModelSignature.Missing.ACCEPTED))
            .signature()
            .features())
        .containsExactly("x", "y");
    assertThatThrownBy(() ->
            trees.predictor(new ModelSignature(List.of("x"), ModelSignature.Missing.ACCEPTED)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_MISMATCH));
  }

  @Test
  void whenTheModelMakesNoScoreOfTheUnknown_thenThereIsNone() {
    TreeEnsemble trees = TreeEnsemble.parse(bytes(model("8")));
    double[] scores = new double[2];
    try (Predictor predictor =
        trees.predictor(new ModelSignature(trees.features(), ModelSignature.Missing.NO_SCORE))) {
      predictor.predict(new double[] {NAN, 0, 1, 0}, 2, scores);
    }

    assertThat(scores).containsExactly(NAN, 4.25);
  }
}
