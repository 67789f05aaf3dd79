package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Panel;
import org.junit.jupiter.api.Test;

/** Qilin's values against Qlib's own, on the small golden sets that come with the module. */
class OwnGoldenTest {
  @Test
  void whenAlpha158OnRealBars_thenEqualsQlib() {
    GoldenJudge judge = new GoldenJudge(GoldenFiles.own("mini/alpha158_features.tsv"), "tol_f64")
        .skipping(GoldenFiles.own("mini/unstable_cells.tsv.gz"), "cn_alpha158")
        .judge(panel("mini"), GoldenFiles.own("mini/alpha158_f64.csv.gz"));

    assertThat(judge.failures()).isEmpty();
    assertThat(judge.cells()).isGreaterThan(30_000);
  }

  @Test
  void whenEveryOperatorOnEdgeCases_thenEqualsQlib() {
    GoldenJudge judge = new GoldenJudge(GoldenFiles.own("edge/expressions.tsv"), "tol_f64")
        .skipping(GoldenFiles.own("edge/unstable_cells.tsv.gz"), "edge_expressions")
        .judge(panel("edge"), GoldenFiles.own("edge/expressions_f64.csv.gz"));

    assertThat(judge.failures()).isEmpty();
    assertThat(judge.cells()).isGreaterThan(30_000);
  }

  private static Panel panel(String folder) {
    return GoldenFiles.panel(
        GoldenFiles.own(folder + "/input.csv.gz"),
        GoldenFiles.own(folder + "/calendar.txt"),
        GoldenFiles.own(folder + "/instruments.txt"));
  }
}
