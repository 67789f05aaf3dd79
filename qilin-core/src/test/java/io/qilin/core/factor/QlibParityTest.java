package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Panel;
import io.qilin.testkit.SharedFiles;
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
      String market, String expected, String features, String tolerance, String unstable, long atLeast) {
    Panel panel =
        GoldenFiles.panel(
            SharedFiles.golden(market + "_input.csv.gz"),
            SharedFiles.golden(market + "_calendar.txt"),
            SharedFiles.golden(market + "_instruments.txt"));

    GoldenJudge judge =
        new GoldenJudge(SharedFiles.golden(features + ".tsv"), tolerance)
            .skipping(SharedFiles.golden("unstable_cells.tsv.gz"), unstable)
            .judge(panel, SharedFiles.golden(expected + ".csv.gz"));

    assertThat(judge.failures()).isEmpty();
    assertThat(judge.cells()).isGreaterThan(atLeast);
  }
}
