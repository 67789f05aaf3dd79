package io.qilin.mlops.onnx;

import static io.qilin.mlops.onnx.ModelText.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelSignature.Missing;
import io.qilin.testkit.Panels;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxModelTest {
  private static final List<String> X = List.of("x");
  private static final List<String> Y = List.of("y");
  private static final byte[] LINEAR = OnnxWriter.linear(new double[] {1, -2, 0.5}, 0.25);

  @ParameterizedTest
  @ValueSource(ints = {1, 65, 1_025})
  void whenRowsAreCutIntoCalls_thenScoresAreTheSameInEveryBit(int size) {
    int width = 21;
    int count = 1_300;
    double[] rows = Samples.reals(count * width, 7);
    for (byte[] bytes : List.of(
        OnnxWriter.linear(Samples.reals(width, 1), 0.5),
        Samples.network(width, 33, 7, 1),
        OnnxWriter.trees(Samples.trees(width, 20, 4, 1).build()))) {
      try (OnnxModel model = Samples.open(bytes, width)) {
        double[] whole = new double[count];
        model.predict(rows, count, whole);
        double[] cut = new double[count];
        for (int from = 0; from < count; from += size) {
          int some = Math.min(size, count - from);
          double[] part = new double[some];
          model.predict(Arrays.copyOfRange(rows, from * width, (from + some) * width), some, part);
          System.arraycopy(part, 0, cut, from, some);
        }
        assertThat(cut).isEqualTo(whole);
        assertThat(model.singly()).isFalse();
      }
    }
  }

  @Test
  void whenValuesAreNotKnown_thenTheSignatureSaysWhatBecomesOfTheRow() {
    int count = 1_500;
    double[] rows = Samples.reals(count * 3, 2);
    double[] full = new double[count];
    double[] scores = new double[count + 1];
    scores[count] = 7;
    try (OnnxModel model = Samples.open(LINEAR, 3)) {
      model.predict(rows, count, full);
      for (int i = 0; i < count; i += 5) {
        rows[i * 3 + i % 3] = Double.NaN;
        full[i] = Double.NaN;
      }
      model.predict(rows, count, scores);
    }
    assertThat(Arrays.copyOf(scores, count)).isEqualTo(full);
    assertThat(scores[count]).isEqualTo(7);
    try (OnnxModel model = Samples.open(LINEAR, 3, Missing.ACCEPTED)) {
      model.predict(rows, count, scores);
    }
    assertThat(Arrays.copyOf(scores, count)).isEqualTo(full);
  }

  @Test
  void whenAValueIsInfiniteOrTooLarge_thenRowAndFeatureAreNamed() {
    try (OnnxModel model = Samples.open(LINEAR, 3)) {
      for (double bad : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300}) {
        requireCode(
            ErrorCode.MODEL_MISMATCH,
            () -> model.predict(new double[] {1, 2, 3, 4, bad, 6}, 2, new double[2]),
            "row 2 has a value of 'F1'");
      }
    }
  }

  @Test
  void whenArraysAreTooShort_thenBothSizesAreNamed() {
    try (OnnxModel model = Samples.open(LINEAR, 3)) {
      requireCode(
          ErrorCode.MODEL_MISMATCH,
          () -> model.predict(new double[5], 2, new double[2]),
          "there are 5 values");
      requireCode(
          ErrorCode.MODEL_MISMATCH,
          () -> model.predict(new double[6], 2, new double[1]),
          "room for 1");
      requireCode(
          ErrorCode.INVALID_ARGUMENT,
          () -> model.predict(new double[6], -1, new double[1]),
          "-1 rows");
      model.predict(new double[0], 0, new double[0]);
    }
  }

  @Test
  void whenWidthsDiffer_thenTheModelIsNotOpened() {
    requireCode(ErrorCode.MODEL_MISMATCH, () -> Samples.open(LINEAR, 4), "3 features");
  }

  @Test
  void whenScoresAreNotFinite_thenTheRowIsNamed() {
    byte[] log = ModelText.of(1, 1).node("Log", X, Y).build();
    try (OnnxModel model = Samples.open(log, 1)) {
      double[] scores = new double[1];
      model.predict(new double[] {1}, 1, scores);
      assertThat(scores[0]).isZero();
      requireCode(
          ErrorCode.MODEL_OUTPUT,
          () -> model.predict(new double[] {1, 1, -1}, 3, new double[3]),
          "for row 3");
      requireCode(
          ErrorCode.MODEL_OUTPUT,
          () -> model.predict(new double[] {0}, 1, new double[1]),
          "-Infinity");
    }
  }

  @Test
  void whenTheOutputHasColumns_thenTheLastOrTheChosenOneIsTheScore() {
    byte[] identity = ModelText.of(3, 3).node("Identity", X, Y).build();
    double[] rows = {1, 2, 3, 4, 5, 6};
    double[] scores = new double[2];
    double[] outputs = new double[6];
    try (OnnxModel model = Samples.open(identity, 3)) {
      model.predict(rows, 2, scores);
      model.outputs(rows, 2, outputs);
    }
    assertThat(scores).containsExactly(3, 6);
    assertThat(outputs).isEqualTo(rows);
    ModelSignature signature = Samples.signature(3, Missing.NO_SCORE);
    OnnxOptions first = Samples.untimed().column(0).build();
    try (OnnxModel model = OnnxModel.open(identity, signature, first)) {
      model.predict(rows, 2, scores);
    }
    assertThat(scores).containsExactly(1, 4);
    OnnxOptions fourth = Samples.untimed().column(3).build();
    requireCode(
        ErrorCode.MODEL_MISMATCH, () -> OnnxModel.open(identity, signature, fourth), "column 3");
  }

  @Test
  void whenTheModelTakesDoubles_thenNothingIsRounded() {
    byte[] doubled = ModelText.empty()
        .input("x", 11, -1, 1)
        .node("Identity", X, Y)
        .output("y", 11, -1, 1)
        .build();
    double[] scores = new double[2];
    try (OnnxModel model = Samples.open(doubled, 1)) {
      model.predict(new double[] {0.1, 1e300}, 2, scores);
    }
    assertThat(scores).containsExactly(0.1, 1e300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"特征", "α β", "📈", "a\u0000b", "𝒙"})
  void whenNamesAreOfAnyScript_thenTheModelRuns(String input) {
    byte[] model = ModelText.empty()
        .input(input, 1, -1, 1)
        .node("Neg", List.of(input), List.of(input + "输出"))
        .output(input + "输出", 1, -1, 1)
        .build();
    double[] scores = new double[1];
    try (OnnxModel opened = Samples.open(model, 1)) {
      opened.predict(new double[] {2}, 1, scores);
    }
    assertThat(scores[0]).isEqualTo(-2);
  }

  @Test
  void whenATableIsScored_thenEachInstrumentHasTheScoreOfItsRow() {
    Panel panel = panel(150);
    List<String> names = List.of("F1", "LABEL", "F0", "F2");
    FactorTable.Writer writer = FactorTable.writer(names, panel, 0, 2);
    double[] values = Samples.reals(4 * 150 * 2, 3);
    for (int column = 0; column < 4; column++) {
      for (int i = 0; i < 150; i++) {
        writer.write(column, i, 0, values, (column * 150 + i) * 2, 2);
      }
    }
    writer.write(0, 17, 1, new double[] {Double.NaN}, 0, 1);
    FactorTable table = writer.build();
    double[] scores = new double[150];
    double[] rows = new double[150 * 3];
    for (int i = 0; i < 150; i++) {
      rows[i * 3] = table.value(2, i, 1);
      rows[i * 3 + 1] = table.value(0, i, 1);
      rows[i * 3 + 2] = table.value(3, i, 1);
    }
    double[] expected = new double[150];
    for (byte[] bytes :
        List.of(LINEAR, OnnxWriter.trees(Samples.trees(3, 5, 3, 1).build()))) {
      try (OnnxModel model = Samples.open(bytes, 3)) {
        model.predict(table, 1, scores);
        model.predict(rows, 150, expected);
        assertThat(scores).isEqualTo(expected);
        assertThat(scores[17]).isNaN();
        requireCode(ErrorCode.INVALID_ARGUMENT, () -> model.predict(table, 2, scores), "no day 2");
        requireCode(
            ErrorCode.MODEL_MISMATCH,
            () -> model.predict(table, 1, new double[149]),
            "room for 149");
      }
    }
    FactorTable other = FactorTable.writer(List.of("F0", "F1"), panel, 0, 2).build();
    try (OnnxModel model = Samples.open(LINEAR, 3)) {
      requireCode(ErrorCode.MODEL_MISMATCH, () -> model.predict(other, 0, scores), "missing 'F2'");
    }
  }

  private static Panel panel(int instruments) {
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 2), Adjustment.RAW);
    for (int i = 0; i < instruments; i++) {
      builder.column(Symbol.parse(600_000 + i + ".SH"), Field.CLOSE, 0, new double[] {1, 2});
    }
    return builder.build();
  }

  @Test
  void whenOperatorsOfEveryKindAreUsed_thenTheForetoldShapesAreThoseOfOnnxRuntime() {
    byte[] model = ModelText.of(4, 1)
        .longs("shape", 0, 2, 2)
        .longs("axis", 1)
        .longs("last", 2)
        .longs("two", 0, 1)
        .longs("start", 0)
        .longs("end", 2)
        .longs("flat", -1, 2)
        .floats("bound", new float[] {2})
        .node("Reshape", List.of("x", "shape"), List.of("a"))
        .node("Transpose", List.of("a"), List.of("b"), attribute("perm", 0, 2, 1))
        .node("MatMul", List.of("a", "b"), List.of("c"))
        .node("Softmax", List.of("c"), List.of("d"))
        .node("ReduceMean", List.of("d"), List.of("e"), attribute("axes", new int[] {2}))
        .node("Squeeze", List.of("e", "last"), List.of("f"))
        .node("Gather", List.of("x", "two"), List.of("g"), attribute("axis", 1L))
        .node("Concat", List.of("f", "g"), List.of("h"), attribute("axis", 1L))
        .node("Slice", List.of("h", "start", "end", "axis"), List.of("i"))
        .node("Greater", List.of("i", "g"), List.of("j"))
        .node("Where", List.of("j", "i", "g"), List.of("k"))
        .node("Clip", List.of("k", "", "bound"), List.of("l"))
        .node("Split", List.of("l"), List.of("m", "n"), attribute("axis", 1L))
        .node("Add", List.of("m", "n"), List.of("o"))
        .node("Reshape", List.of("c", "flat"), List.of("p"))
        .node("Flatten", List.of("a"), List.of("q"))
        .node("Identity", List.of("o"), Y)
        .output("h", 1, -1, 4)
        .output("c", 1, -1, 2, 2)
        .output("q", 1, -1, 4)
        .build();
    ModelSignature signature = Samples.signature(4, Missing.NO_SCORE);
    double[] rows = Samples.reals(40, 5);
    for (String name : List.of("y", "h", "q")) {
      OnnxOptions options = Samples.untimed().output(name).build();
      try (OnnxModel opened = OnnxModel.open(model, signature, options)) {
        double[] outputs = new double[10 * opened.summary().columns()];
        opened.outputs(rows, 10, outputs);
        assertThat(outputs).doesNotContain(0.0);
      }
    }
  }

  @Test
  void whenTheModelIsClosed_thenItSaysSo() {
    OnnxModel model = Samples.open(LINEAR, 3);
    model.close();
    model.close();
    requireCode(
        ErrorCode.INVALID_ARGUMENT,
        () -> model.predict(new double[3], 1, new double[1]),
        "is closed");
  }

  @Test
  void whenOptionsAreOutOfRange_thenTheyAreRefused() {
    OnnxOptions.Builder options = Samples.untimed();
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> options.concurrency(0).build(), "0 and 1");
    options.concurrency(1);
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> options.column(-1).build(), "was -1");
    options.column(0);
    requireCode(
        ErrorCode.INVALID_ARGUMENT,
        () -> options.deadline(java.time.Duration.ZERO).build(),
        "deadline");
    requireCode(
        ErrorCode.INVALID_ARGUMENT, () -> OnnxLimits.builder().maxNodes(0).build(), "maxNodes");
  }

  private static void requireCode(ErrorCode code, ThrowingCallable call, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }
}
