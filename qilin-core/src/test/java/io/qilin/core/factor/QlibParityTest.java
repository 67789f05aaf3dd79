package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Qilin's values against Qlib's own, on the golden sets beside the checkout. */
class QlibParityTest {
  @ParameterizedTest
  @CsvSource({
    "cn, cn_alpha158_f64, alpha158_features, tol_f64, cn_alpha158, 1600000",
    "cn, cn_alpha158_qlibf32, alpha158_features, tol_f32, cn_alpha158, 100000",
    "cn, cn_alpha360_selected_f64, alpha360_features, tol_f64, cn_alpha360, 98000",
    "cn, cn_alpha360_sparse_f64, alpha360_features, tol_f64, cn_alpha360, 98000",
    "cn, cn_expressions_f64, cn_expressions, tol_f64, cn_expressions, 900000",
    "edge, edge_expressions_f64, edge_expressions, tol_f64, edge_expressions, 100000",
    "us, us_alpha158_f64, us_alpha158_features, tol_f64, us_alpha158, 100000"
  })
  void whenComputed_thenEqualsQlib(
      String market,
      String expected,
      String features,
      String tolerance,
      String unstable,
      long atLeast) {
    Panel panel = panel(market);

    GoldenJudge judge = new GoldenJudge(SharedFiles.golden(features + ".tsv"), tolerance)
        .skipping(SharedFiles.golden("unstable_cells.tsv.gz"), unstable)
        .judge(panel, SharedFiles.golden(expected + ".csv.gz"));

    assertThat(judge.failures()).isEmpty();
    assertThat(judge.cells()).isGreaterThan(atLeast);
  }

  /** Where Qlib's own result does not depend on the query's start, a query for some days gives Qlib's values. */
  @Test
  void whenSomeDaysAreAsked_thenEqualsQlibWhereQlibAgreesWithItself() {
    Panel panel = panel("cn");
    List<String[]> queries = GoldenFiles.table(SharedFiles.golden("window_query.tsv"), "\t");
    List<String[]> rows = GoldenFiles.table(SharedFiles.golden("window_query_f64.csv.gz"), ",");
    int compared = 0;
    for (String[] query : queries.subList(1, queries.size())) {
      if (query[4].equals("no")) {
        LocalDate from = LocalDate.parse(query[2]);
        LocalDate to = LocalDate.parse(query[3]);
        LabelTable table =
            FactorEngine.DEFAULT.labels(panel, List.of(new Label(query[0], query[1])), from, to);
        int column = List.of(rows.get(0)).indexOf(query[0]);
        for (String[] row : rows.subList(1, rows.size())) {
          int day = table.days().indexOf(LocalDate.parse(row[0]));
          int instrument = panel.indexOf(Symbol.parseAny(row[1]));
          double expected = GoldenFiles.number(row[column]);
          double got = table.value(0, instrument, day);
          assertThat(got)
              .as(query[1] + " " + row[0] + " " + row[1])
              .satisfiesAnyOf(
                  value -> assertThat(value).isEqualTo(expected),
                  value -> assertThat(value).isCloseTo(expected, withinPercentage(1e-10)));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  private static Panel panel(String market) {
    return GoldenFiles.panel(
        SharedFiles.golden(market + "_input.csv.gz"),
        SharedFiles.golden(market + "_calendar.txt"),
        SharedFiles.golden(market + "_instruments.txt"));
  }
}
