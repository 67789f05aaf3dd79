package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Label;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Qilin makes of the expressions that Qlib refuses or answers oddly. The table says what Qlib does, what Qilin does
 * ({@code value} or an error code), and why where the two differ.
 */
class QlibErrorsTest {
  private final Panel panel = panel();

  static Stream<String[]> rows() {
    return GoldenFiles.table(GoldenFiles.own("../expression/qlib-errors.tsv"), "\t").stream()
        .skip(1);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whenEvaluated_thenTheTableSaysWhat(
      String expression, String qlib, String qilin, String why) {
    assertThat(outcome(FactorEngine.DEFAULT, expression)).isEqualTo(qilin);
    boolean same = qlib.equals("ok") == qilin.equals("value");
    assertThat(same || !why.isEmpty()).as("a difference needs a reason").isTrue();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whenMissingDataIsAllowed_thenItIsNoError(
      String expression, String qlib, String qilin, String why) {
    FactorEngine lenient = FactorEngine.builder().missing(MissingData.NAN).build();

    String expected = qilin.equals("DATA_NOT_FOUND") ? "value" : qilin;
    assertThat(outcome(lenient, expression)).isEqualTo(expected);
  }

  @Test
  void whenQlibsWholeListIsThere_thenTheTableHoldsEachOfIt() {
    Path all = SharedFiles.golden("errors.tsv");
    List<String> known = rows().map(row -> row[0]).toList();

    assertThat(GoldenFiles.table(all, "\t").stream().skip(1).map(row -> row[1]))
        .allMatch(known::contains);
  }

  private String outcome(FactorEngine engine, String expression) {
    try {
      engine.labels(panel, List.of(new Label("label", expression)));
      return "value";
    } catch (QilinException e) {
      return e.code().name();
    }
  }

  private static Panel panel() {
    double[] values = {1, 2, 3, 4, 5, 6, 7, 8};
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 8), Adjustment.RAW);
    for (String symbol : List.of("SH600000", "SH600036", "SZ002070")) {
      for (String field : List.of("open", "close", "volume")) {
        builder.column(Symbol.parse(symbol), Field.of(field), 0, values);
      }
    }
    builder.column(Symbol.other("E01"), Field.of("x"), 0, values);
    builder.column(Symbol.other("E01"), Field.of("y"), 0, values);
    return builder.build();
  }
}
