package io.qilin.mlops.onnx;

import static io.qilin.mlops.onnx.ModelText.attribute;
import static io.qilin.mlops.onnx.ModelText.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxCheckTest {
  private static final List<String> X = List.of("x");
  private static final List<String> Y = List.of("y");
  private static final String ML = "ai.onnx.ml";

  static Stream<Arguments> refused() {
    Map<String, byte[]> cases = new LinkedHashMap<>();
    cases.put("empty", new byte[0]);
    cases.put("no graph", new ProtoWriter().number(1, 8).toBytes());
    cases.put("no field 0", new byte[] {0, 0});
    cases.put("cut off", new byte[] {8, -1});
    cases.put("ten bytes", new byte[] {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1});
    cases.put("claims", new byte[] {58, -1, -1, -1, -1, 7});
    cases.put("wire type", new byte[] {8 | 3});
    cases.put(
        "IR version",
        new ProtoWriter().number(1, 99).message(7, new ProtoWriter()).toBytes());
    cases.put("more than 64 bits", new byte[] {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, 2});
    cases.put("has none", ModelText.empty().input("x", 1, -1, 3).build());
    cases.put("one has no name", identity(3).input("x", 1, -1, 3).build());
    cases.put("takes 2 inputs", identity(3).input("z", 1, -1, 3).build());
    cases.put(
        "instead of 32-bit or 64-bit",
        ModelText.empty()
            .input("x", 7, -1, 3)
            .node("Identity", X, Y)
            .output("y", 7, -1, 3)
            .build());
    cases.put("element type 8191", ModelText.empty().input("x", 8191, -1, 3).build());
    cases.put(
        "just as many rows",
        ModelText.empty()
            .input("x", 1, 7, 3)
            .node("Identity", X, Y)
            .output("y", 1, 7, 3)
            .build());
    cases.put("instead of [rows, features]", ModelText.empty().input("x", 1, -1).build());
    cases.put("how many features", ModelText.empty().input("x", 1, -1, -1).build());
    cases.put(
        "gives reals for each row",
        ModelText.empty()
            .input("x", 1, -1, 3)
            .node("Cast", X, Y, attribute("to", 7))
            .output("y", 7, -1, 3)
            .build());
    cases.put("made nowhere", ModelText.of(3, 3).node("Relu", List.of("q"), Y).build());
    cases.put(
        "in a circle",
        ModelText.of(3, 3)
            .node("Add", List.of("x", "b"), List.of("a"))
            .node("Relu", List.of("a"), List.of("b"))
            .node("Relu", List.of("b"), Y)
            .build());
    cases.put("made twice", identity(3).node("Relu", X, Y).build());
    cases.put(
        "says FLOAT [any, 2] and is", ModelText.of(3, 2).node("Relu", X, Y).build());
    cases.put(
        "domain 'com.evil'",
        identity(3)
            .model(m -> m.message(8, new ProtoWriter().text(1, "com.evil").number(2, 1)))
            .build());
    cases.put(
        "'com.evil' are not accepted",
        ModelText.of(3, 3).node("com.evil", "Evil", X, Y).build());
    cases.put(
        "size or the content",
        ModelText.of(3, 3)
            .longs("s", 1L << 36)
            .node("Expand", List.of("x", "s"), Y)
            .build());
    cases.put(
        "not accepted: the size",
        ModelText.of(1, 1).node("RandomNormalLike", X, Y).build());
    cases.put(
        "holds a graph",
        ModelText.of(3, 3)
            .node(
                "If",
                X,
                Y,
                new ProtoWriter()
                    .text(1, "then_branch")
                    .message(6, new ProtoWriter().text(2, "inner"))
                    .number(20, 5))
            .build());
    cases.put("functions of its own", identity(3).model(m -> m.text(25, "f")).build());
    cases.put("training information", identity(3).model(m -> m.text(20, "t")).build());
    cases.put("sparse constants", identity(3).graph(g -> g.text(15, "s")).build());
    cases.put("field 99 is not known", identity(3).model(m -> m.text(99, "s")).build());
    cases.put(
        "field 7 stands twice",
        identity(3).model(m -> m.message(7, new ProtoWriter())).build());
    cases.put("in another file", external("/etc/passwd"));
    cases.put(
        "lie in another file",
        identity(3)
            .graph(g -> g.message(
                5, new ProtoWriter().number(1, 1).number(2, 1).text(8, "w").number(14, 1)))
            .build());
    cases.put(
        "needs 4294967296 values or bytes",
        identity(3).floats("w", new float[] {1}, 1 << 15, 1 << 15).build());
    cases.put(
        "is too large",
        identity(3).floats("w", new float[] {1}, 1 << 20, 1 << 20).build());
    cases.put("has the length -1", identity(3).floats("w", new float[] {1}, -1).build());
    cases.put("holds NaN", identity(3).floats("w", new float[] {Float.NaN}, 1).build());
    cases.put(
        "or stands twice",
        identity(3)
            .floats("w", new float[] {1}, 1)
            .floats("w", new float[] {1}, 1)
            .build());
    cases.put(
        "sum do not fit",
        ModelText.of(3, 1)
            .floats("w", new float[4], 4, 1)
            .node("MatMul", List.of("x", "w"), Y)
            .build());
    cases.put(
        "instead of FLOAT",
        ModelText.of(3, 3).longs("w", 1, 2, 3).node("Add", List.of("x", "w"), Y).build());
    cases.put(
        "sums across the rows",
        ModelText.of(3, 3)
            .node("Transpose", X, List.of("t"))
            .node("MatMul", List.of("t", "x"), Y)
            .build());
    cases.put(
        "works across the rows",
        ModelText.of(3, 3).node("Softmax", X, Y, attribute("axis", 0)).build());
    cases.put(
        "square of the rows",
        ModelText.of(3, 3)
            .node(
                "ReduceSum",
                X,
                List.of("s"),
                attribute("axes", new int[] {1}),
                attribute("keepdims", 0L))
            .node("ReduceSum", X, List.of("t"), attribute("axes", new int[] {1}))
            .node("Add", List.of("s", "t"), Y)
            .build(11));
    cases.put(
        "from row to row",
        ModelText.of(3, 3)
            .longs("s", -1, 3)
            .node("Transpose", X, List.of("t"))
            .node("Reshape", List.of("t", "s"), Y)
            .build());
    cases.put(
        "cannot become",
        ModelText.of(3, 3)
            .longs("s", 6, 3)
            .node("Reshape", List.of("x", "s"), Y)
            .build());
    cases.put(
        "instead of a constant",
        ModelText.of(3, 3)
            .node("Cast", X, List.of("i"), attribute("to", 7L))
            .node("Gather", List.of("x", "i"), Y, attribute("axis", 1L))
            .build());
    cases.put(
        "no place 3 in 3",
        ModelText.of(3, 1)
            .longs("i", 3)
            .node("Gather", List.of("x", "i"), Y, attribute("axis", 1L))
            .build());
    cases.put(
        "parts [1, 1] do not make up",
        ModelText.of(3, 1)
            .node("Split", X, List.of("y", "z"), attribute("split", 1, 1), attribute("axis", 1L))
            .build(11));
    cases.put(
        "without elements",
        ModelText.of(3, 1)
            .longs("a", 2)
            .longs("b", 1)
            .longs("c", 1)
            .node("Slice", List.of("x", "a", "b", "c"), Y)
            .build());
    cases.put(
        "3 of 2 axes",
        ModelText.of(3, 1).node("Transpose", X, Y, attribute("perm", 0, 1, 2)).build());
    cases.put(
        "has 3 inputs instead of 1 to 2",
        ModelText.of(3, 3)
            .floats("r", new float[] {.5f})
            .longs("t", 1)
            .node("Dropout", List.of("x", "r", "t"), Y)
            .build());
    cases.put("beside, at most", product(2_000));
    cases.put(
        "numbers a row",
        ModelText.of(1, 1)
            .floats("w", new float[1 << 12], 1, 1 << 12)
            .node("MatMul", List.of("x", "w"), List.of("a"))
            .node("Unsqueeze", List.of("a"), List.of("b"), attribute("axes", new int[] {2}))
            .floats("v", new float[1 << 13], 1, 1 << 13)
            .node("Add", List.of("b", "v"), List.of("c"))
            .build(11));
    cases.put("leaf without a weight", trees(new int[] {1, 0, 0}, new int[] {2, 0, 0}, 0, 1));
    cases.put("which is not there", trees(new int[] {1, 0, 0}, new int[] {9, 0, 0}, 0, 2));
    cases.put("as another does", trees(new int[] {1, 0, 0}, new int[] {1, 0, 0}, 0, 2));
    cases.put("asks for feature 3 of 3", trees(new int[] {1, 0, 0}, new int[] {2, 0, 0}, 3, 2));
    cases.put(
        "not well-formed UTF-8",
        identity(3)
            .graph(g -> g.message(11, new ProtoWriter().bytes(1, new byte[] {-1})))
            .build());
    cases.put(
        "has 200000 bytes",
        identity(3)
            .graph(g -> g.text(12, ""))
            .model(m -> m.text(2, "x".repeat(200_000)))
            .build());
    return cases.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  private static ModelText identity(int width) {
    return ModelText.of(width, width).node("Identity", X, Y);
  }

  private static byte[] external(String path) {
    ProtoWriter place = new ProtoWriter().text(1, "location").text(2, path);
    return identity(3)
        .graph(g -> g.message(
            5, new ProtoWriter().number(1, 1).number(2, 1).text(8, "w").message(13, place)))
        .build();
  }

  private static byte[] product(int size) {
    return ModelText.of(1, 1)
        .floats("w", new float[size * 100], size, 100)
        .floats("v", new float[size * 100], 100, size)
        .node("MatMul", List.of("w", "v"), List.of("a"))
        .node("MatMul", List.of("a", "a"), List.of("b"))
        .node("Identity", X, Y)
        .build();
  }

  /** One root and two leaves, the first of which has a weight, and the second if asked. */
  private static byte[] trees(int[] yes, int[] no, int feature, int weights) {
    int[] leaves = weights == 1 ? new int[] {1} : new int[] {1, 2};
    return ModelText.of(3, 1)
        .node(
            ML,
            "TreeEnsembleRegressor",
            X,
            Y,
            attribute("nodes_treeids", 0, 0, 0),
            attribute("nodes_nodeids", 0, 1, 2),
            attribute("nodes_featureids", feature, 0, 0),
            attribute("nodes_truenodeids", yes),
            attribute("nodes_falsenodeids", no),
            attribute("nodes_values", 1f, 0f, 0f),
            texts("nodes_modes", "BRANCH_LEQ", "LEAF", "LEAF"),
            attribute("n_targets", 1L),
            attribute("target_treeids", new int[weights]),
            attribute("target_nodeids", leaves),
            attribute("target_ids", new int[weights]),
            attribute("target_weights", new float[weights]))
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whenModelIsBad_thenItIsRefusedWithTheReason(String reason, byte[] model) {
    assertThatThrownBy(() -> OnnxCheck.check(model, OnnxLimits.DEFAULT))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID))
        .hasMessageContaining(reason);
  }

  @Test
  void whenTreesAreTrees_thenTheyPass() {
    OnnxSummary summary =
        OnnxCheck.check(trees(new int[] {1, 0, 0}, new int[] {2, 0, 0}, 2, 2), OnnxLimits.DEFAULT);
    assertThat(summary.trees()).isTrue();
    assertThat(summary.columns()).isEqualTo(1);
  }

  @Test
  void whenLinksOfTreesLeadInACircle_thenItIsRefused() {
    byte[] model = ModelText.of(3, 1)
        .node(
            ML,
            "TreeEnsembleRegressor",
            X,
            Y,
            attribute("nodes_treeids", 0, 0, 0, 0),
            attribute("nodes_nodeids", 0, 1, 2, 3),
            attribute("nodes_featureids", 0, 0, 0, 0),
            attribute("nodes_truenodeids", 0, 2, 1, 0),
            attribute("nodes_falsenodeids", 0, 3, 9, 0),
            attribute("nodes_values", 1f, 0f, 0f, 0f),
            texts("nodes_modes", "LEAF", "BRANCH_LEQ", "BRANCH_LEQ", "LEAF"),
            attribute("target_treeids", 0, 0),
            attribute("target_nodeids", 0, 3),
            attribute("target_ids", 0, 0),
            attribute("target_weights", 1f, 1f))
        .build();
    assertThatThrownBy(() -> OnnxCheck.check(model, OnnxLimits.DEFAULT))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheWidthIsOpen_thenTheSignatureSaysIt() {
    byte[] model = ModelText.empty()
        .input("x", 1, -1, -1)
        .floats("w", new float[3], 3, 1)
        .node("MatMul", List.of("x", "w"), Y)
        .output("y", 1, -1, 1)
        .build();
    assertThat(OnnxCheck.check(model, OnnxLimits.DEFAULT, 3, Optional.empty()).width())
        .isZero();
  }

  @Test
  void whenAnOutputIsNamed_thenItIsRead() {
    byte[] model =
        identity(3).node("Relu", X, List.of("z")).output("z", 1, -1, 3).build();
    assertThat(OnnxCheck.check(model, OnnxLimits.DEFAULT).output()).isEqualTo("z");
    assertThat(OnnxCheck.check(model, OnnxLimits.DEFAULT, 3, Optional.of("y")).output())
        .isEqualTo("y");
    assertThatThrownBy(() -> OnnxCheck.check(model, OnnxLimits.DEFAULT, 3, Optional.of("q")))
        .hasMessageContaining("none named 'q'");
  }

  @Test
  void whenTheHostVouchesForAnOperator_thenItPassesAndGrowingOnesNever() {
    byte[] model = ModelText.of(3, 3).node("Sinh", X, Y).build();
    assertThatThrownBy(() -> OnnxCheck.check(model, OnnxLimits.DEFAULT))
        .hasMessageContaining("allow it by OnnxLimits");
    OnnxLimits wider = OnnxLimits.builder().extraOperators(Set.of("Sinh")).build();
    assertThat(OnnxCheck.check(model, wider).columns()).isEqualTo(3);
    OnnxLimits.Builder loop = OnnxLimits.builder().extraOperators(Set.of("Loop"));
    assertThatThrownBy(loop::build).hasMessageContaining("cannot be accepted");
  }

  @Test
  void whenTheFileIsTooLargeOrHasTooManyNodes_thenItIsRefused() {
    byte[] model = identity(3).build();
    OnnxLimits small = OnnxLimits.builder().maxBytes(model.length - 1).build();
    assertThatThrownBy(() -> OnnxCheck.check(model, small)).hasMessageContaining("at most");
    ModelText chain = ModelText.of(3, 3);
    chain.node("Relu", X, List.of("a")).node("Relu", List.of("a"), Y);
    OnnxLimits one = OnnxLimits.builder().maxNodes(1).build();
    byte[] two = chain.build();
    assertThatThrownBy(() -> OnnxCheck.check(two, one)).hasMessageContaining("more than 1 nodes");
  }

  @Test
  void whenPipelineIsWhatToolsWrite_thenItPasses() {
    byte[] model = ModelText.of(4, 2)
        .node(ML, "Imputer", X, List.of("i"), attribute("imputed_value_floats", 0f, 0f, 0f, 0f))
        .node(
            ML,
            "Scaler",
            List.of("i"),
            List.of("s"),
            attribute("offset", 0f, 0f, 0f, 0f),
            attribute("scale", 1f, 1f, 1f, 1f))
        .node(
            ML,
            "LinearClassifier",
            List.of("s"),
            List.of("label", "raw"),
            attribute("coefficients", 1f, 1f, 1f, 1f, -1f, -1f, -1f, -1f),
            attribute("intercepts", 0f, 0f),
            attribute("classlabels_ints", 0, 1))
        .node(ML, "Normalizer", List.of("raw"), Y)
        .output("label", 7, -1)
        .build();
    OnnxSummary summary = OnnxCheck.check(model, OnnxLimits.DEFAULT);
    assertThat(summary.output()).isEqualTo("y");
    assertThat(summary.columns()).isEqualTo(2);
  }
}
