package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha101;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.DemoMarket;
import io.qilin.data.demo.SplitMixPanel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of Spark are those of the local engine, to the last bit. */
class SparkFactorsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17})
  void whenAlpha158OfADemoMarket_thenTheBitsAreTheLocalOnes(int partitions) {
    Panel panel = DemoMarket.of(40, 1, 5).bars().panel();

    assertThat(compare(panel, Alpha158.factors(), partitions)).isGreaterThan(1_000_000);
  }

  @Test
  void whenAlpha101ComparesInstruments_thenTheBitsAreTheLocalOnes() {
    Panel panel = SplitMixPanel.wide(23, 90, 0.02);

    assertThat(compare(panel, Alpha101.factors(), 3)).isGreaterThan(80_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void whenExpressionsNameInstrumentsAndStagesAlternate_thenTheBitsAreTheLocalOnes(int partitions) {
    Panel panel = DemoMarket.of(30, 1, 11).bars().panel();
    String named = panel.symbols().get(3).qlib();
    String ratio = "$close/Mask($open, '" + named + "')";
    FactorSet factors = FactorSet.of(
        "mixed",
        new Factor("deep", "CSRank(Mean(CSDemean($close/$open),5)) - $low"),
        new Factor("place", "IdxMax(CSRank(" + ratio + "), 5)"),
        new Factor("slope", "Slope(CSDemean(CSRank(" + ratio + ")), 7) + Count($close, 0)"),
        new Factor("line", "WMA(CSZScore(" + ratio + "), 6) * Mean($volume, 3)"),
        new Factor("plain", "Ref($close, 3)/$close"));

    assertThat(compare(panel, factors, partitions)).isGreaterThan(10_000);
  }

  private static long compare(Panel panel, FactorSet factors, int partitions) {
    FactorTable local = FactorEngine.DEFAULT.compute(panel, factors);
    SparkFactorSettings settings =
        SparkFactorSettings.builder().partitions(partitions).build();
    return Sameness.check(
        SparkFactors.compute(BarRows.of(Sessions.local(), panel, 4), factors, settings),
        local,
        panel);
  }
}
