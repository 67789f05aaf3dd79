package io.qilin.mlops.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
  private static final List<String> NAMES = List.of("a", "b");
  private static final TrainingData DATA =
      TrainingData.of(NAMES, new double[] {1, 2, 3, Double.NaN}, new double[] {5, 6});

  private static FeatureRows rows(int days) {
    FeatureFrame frame = Tables.frame(3, 4, days, 8);
    DayRange range = Tables.range(frame.days(), 0, days);
    return ProcessorChain.alpha158().fit(frame, range).learn(frame, range);
  }

  @Test
  void whenAnythingDiffers_thenTheHashDoes() {
    Set<String> hashes = new HashSet<>();
    hashes.add(DATA.dataHash());
    hashes.add(
        TrainingData.of(List.of("a", "c"), row(1, 2, 3, Double.NaN), row(5, 6)).dataHash());
    hashes.add(TrainingData.of(NAMES, row(1, 2, 3, 0), row(5, 6)).dataHash());
    hashes.add(TrainingData.of(NAMES, row(1, 2, 3, -0.0), row(5, 6)).dataHash());
    hashes.add(DATA.withLabels("label", row(5, 7)).dataHash());
    hashes.add(DATA.withLabels("other", row(5, 6)).dataHash());
    hashes.add(DATA.withWeights(row(1, 1)).dataHash());
    hashes.add(DATA.slice(0, 1).dataHash());
    hashes.add(rows(6).training("LABEL0").dataHash());

    assertThat(hashes).hasSize(9);
    assertThat(TrainingData.of(NAMES, row(1, 2, 3, Double.NaN), row(5, 6)).dataHash())
        .isEqualTo(DATA.dataHash())
        // The same by another program, from the order that the class states.
        .isEqualTo("51f66a07f3635bcb498858e1afc7bf9f27fba13d21dcafc6903769d3b772e7ed");
  }

  private static double[] row(double... values) {
    return values;
  }

  @Test
  void whenMadeOfRows_thenDaysAndInstrumentsAreTold() {
    FeatureRows rows = rows(6);
    TrainingData data = rows.training("LABEL0");

    assertThat(data.days()).isEqualTo(rows.days());
    assertThat(data.dayStart(6)).isEqualTo(data.count());
    for (int row = 0; row < data.count(); row++) {
      assertThat(data.label(row)).isEqualTo(rows.label(row, 0));
      assertThat(data.feature(row, 2)).isEqualTo(Double.valueOf(rows.feature(row, 2)));
    }
    int middle = data.dayStart(3);
    assertThat(data.describe(middle))
        .contains(rows.days().get(3).toString())
        .contains(rows.symbols().get(rows.instrument(middle)).toString());
  }

  @Test
  void whenSliced_thenDaysAreThoseOfItsRows() {
    TrainingData data = rows(6).training("LABEL0");
    int from = data.dayStart(2) - 1;
    TrainingData slice = data.slice(from, data.dayStart(4));

    assertThat(slice.days()).isEqualTo(data.days().subList(1, 4));
    assertThat(slice.dayStart(1)).isEqualTo(1);
    assertThat(slice.dayStart(3)).isEqualTo(slice.count());
    assertThat(slice.label(1)).isEqualTo(data.label(from + 1));
    assertThat(slice.describe(0)).contains(data.days().get(1).toString());
  }

  @Test
  void whenValuesAreBad_thenTheyAreRefusedWithTheirPlace() {
    assertCode(
        () -> TrainingData.of(NAMES, row(1, Double.POSITIVE_INFINITY), row(1)),
        ErrorCode.DATA_QUALITY,
        "'b' of row 0");
    assertCode(
        () -> TrainingData.of(NAMES, row(1, 2), row(Double.NaN)), ErrorCode.DATA_QUALITY, "row 0");
    assertCode(() -> TrainingData.of(NAMES, row(), row()), ErrorCode.INVALID_ARGUMENT, "no row");
    assertCode(() -> TrainingData.of(NAMES, row(1, 2, 3), row(1)), ErrorCode.INVALID_ARGUMENT, "3");
    assertCode(
        () -> TrainingData.of(List.of("a", "a"), row(1, 2), row(1)),
        ErrorCode.INVALID_ARGUMENT,
        "distinct");
    assertCode(() -> DATA.withWeights(row(1, -1)), ErrorCode.INVALID_ARGUMENT, "row 1");
    assertCode(() -> DATA.withWeights(row(0, 0)), ErrorCode.INVALID_ARGUMENT, "positive");
    assertCode(() -> DATA.withLabels("x", row(1)), ErrorCode.INVALID_ARGUMENT, "2 rows");
    assertCode(() -> rows(3).training("LABEL"), ErrorCode.DATA_NOT_FOUND, "LABEL0");
  }

  private static void assertCode(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code, String named) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(named);
  }

  @Test
  void whenTheCallerChangesItsArrays_thenNothingChanges() {
    double[] values = row(1, 2);
    double[] labels = row(3);
    TrainingData data = TrainingData.of(NAMES, values, labels);
    values[0] = 9;
    labels[0] = 9;
    data.labels()[0] = 9;

    assertThat(data.feature(0, 0)).isEqualTo(1);
    assertThat(data.label(0)).isEqualTo(3);
    assertThat(DATA.firstUnknown()).isEqualTo(1);
  }
}
