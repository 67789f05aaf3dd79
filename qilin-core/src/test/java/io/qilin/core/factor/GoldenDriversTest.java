package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.Label;
import io.qilin.api.market.Panel;
import io.qilin.core.expression.Expression;
import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Qlib's own values against every driver: those of the golden sets that are factors. What reads the future, the batch alone
 * computes; see {@link QlibParityTest} and {@link OwnGoldenTest}.
 */
class GoldenDriversTest {
  @ParameterizedTest(name = "{0}{1}")
  @CsvSource({
    // folder, expressions, their number, unstable cells, tables with tolerance
    // and fewest cells
    "mini/, alpha158_features, 158, cn_alpha158, mini/alpha158_f64:tol_f64:30000",
    "edge/, expressions, 161, edge_expressions, edge/expressions_f64:tol_f64:29000"
  })
  void whenTheModulesOwnSets_thenEveryDriverEqualsQlib(
      String folder, String features, int factors, String unstable, String tables) {
    Golden golden = new Golden(
        panel(folder, GoldenFiles::own),
        GoldenFiles.own(folder + features + ".tsv"),
        GoldenFiles.own(folder + "unstable_cells.tsv.gz"),
        unstable);

    for (GoldenDriver driver : GoldenDriver.values()) {
      golden.check(driver, factors, Table.parse(tables, GoldenFiles::own));
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "cn_, alpha158_features, 158, cn_alpha158, cn_alpha158_f64:tol_f64:1600000 cn_alpha158_qlibf32:tol_f32:100000",
    "cn_, alpha360_features, 360, cn_alpha360, cn_alpha360_selected_f64:tol_f64:98000 cn_alpha360_sparse_f64:tol_f64:98000",
    "cn_, cn_expressions, 142, cn_expressions, cn_expressions_f64:tol_f64:900000",
    "edge_, edge_expressions, 161, edge_expressions, edge_expressions_f64:tol_f64:100000",
    "us_, us_alpha158_features, 158, us_alpha158, us_alpha158_f64:tol_f64:100000"
  })
  void whenTheSharedSets_thenEveryDriverEqualsQlib(
      String market, String features, int factors, String unstable, String tables) {
    Golden golden = new Golden(
        panel(market, SharedFiles::golden),
        SharedFiles.golden(features + ".tsv"),
        SharedFiles.golden("unstable_cells.tsv.gz"),
        unstable);

    for (GoldenDriver driver : GoldenDriver.values()) {
      golden.check(driver, factors, Table.parse(tables, SharedFiles::golden));
    }
  }

  private static Panel panel(String prefix, Function<String, Path> files) {
    return GoldenFiles.panel(
        files.apply(prefix + "input.csv.gz"),
        files.apply(prefix + "calendar.txt"),
        files.apply(prefix + "instruments.txt"));
  }

  /** A table of Qlib's values. */
  private record Table(Path file, String tolerance, long fewestCells) {
    static List<Table> parse(String text, Function<String, Path> files) {
      return List.of(text.split(" ", -1)).stream()
          .map(word -> word.split(":", -1))
          .map(
              word -> new Table(files.apply(word[0] + ".csv.gz"), word[1], Long.parseLong(word[2])))
          .toList();
    }
  }

  /** What is computed from what. */
  private record Golden(Panel panel, Path features, Path unstable, String set) {
    void check(GoldenDriver driver, int factors, List<Table> tables) {
      List<Label> computed = new GoldenJudge(features, "tol_f64")
          .expressions().stream()
              .filter(label -> Expression.parse(label.expression()).lookAhead() == 0)
              .toList();
      assertThat(computed).as("%s", driver).hasSize(factors);

      GoldenJudge.Values values = driver.compute(plan(computed), panel);

      for (Table table : tables) {
        GoldenJudge judge = new GoldenJudge(features, table.tolerance())
            .skipping(unstable, set)
            .judge(panel, GoldenFiles.table(table.file(), ","), computed, values);
        assertThat(judge.failures()).as("%s, %s: %s", driver, table, judge).isEmpty();
        assertThat(judge.cells()).as("%s, %s", driver, table).isGreaterThan(table.fewestCells());
      }
    }

    private static FactorPlan plan(List<Label> computed) {
      List<Factor> factors = computed.stream()
          .map(label -> new Factor(label.name(), label.expression()))
          .toList();
      return FactorEngine.builder()
          .missing(MissingData.NAN)
          .build()
          .plan(new FactorSet("golden", factors));
    }
  }
}
