package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** A series with a hole and an infinity through every operator; expected values measured by running Qlib. */
class WorkedExampleTest {
  private static final double NAN = Double.NaN;
  private static final double[] X = {1, 2, 4, NAN, 3, Double.POSITIVE_INFINITY, 2, 2, 2};
  private static final double[] Y = {2, 1, 3, 5, 4, 4, 1, 0, 6};

  @ParameterizedTest
  @CsvFileSource(resources = "/golden/expression/worked-example.tsv", delimiter = '\t')
  void whenComputed_thenEveryRowIsAsInQlib(String expression, String expected) {
    Panel panel = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, X.length), Adjustment.RAW)
        .column(Panels.SYMBOL, Field.of("x"), 0, X)
        .column(Panels.SYMBOL, Field.of("y"), 0, Y)
        .build();

    LabelTable table = FactorEngine.DEFAULT.labels(panel, List.of(new Label("l", expression)));

    double[] wanted = Arrays.stream(expected.split(" , "))
        .mapToDouble(WorkedExampleTest::number)
        .toArray();
    for (int day = 0; day < X.length; day++) {
      double got = table.value(0, 0, day);
      boolean same = Double.compare(got, wanted[day]) == 0 || Math.abs(got - wanted[day]) < 6e-6;
      assertThat(same).as("row %s: expected %s, got %s", day, wanted[day], got).isTrue();
    }
  }

  private static double number(String text) {
    return GoldenFiles.number(text.equals("NaN") ? "nan" : text);
  }
}
