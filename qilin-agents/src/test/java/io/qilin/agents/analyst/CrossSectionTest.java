package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CrossSectionTest {
  @Test
  void whenFiveValuesAreKnown_thenTheirPercentilesAreMiddlesOfFifths() {
    double[] p = CrossSection.percentiles(new double[] {3, 1, Double.NaN, 5, 2, 4}, i -> true);
    assertThat(p).containsExactly(0.5, 0.1, Double.NaN, 0.9, 0.3, 0.7);
  }

  @Test
  void whenValuesAreEqual_thenTheyShareTheirPlace() {
    double[] p = CrossSection.percentiles(new double[] {0, -0.0, 0, 0, 7}, i -> true);
    assertThat(p).containsExactly(0.4, 0.4, 0.4, 0.4, 0.9);
  }

  @Test
  void whenFewerThanFiveAreKnown_thenNoneHasAPercentile() {
    double[] values = {1, 2, 3, 4, Double.POSITIVE_INFINITY, Double.NaN};
    assertThat(CrossSection.percentiles(values, i -> true)).containsOnly(Double.NaN);
    assertThat(CrossSection.percentiles(new double[] {1, 2, 3, 4, 5}, i -> i > 0))
        .containsOnly(Double.NaN);
  }

  @Property
  void whenShuffled_thenEveryValueKeepsItsPercentile(
      @ForAll @Size(min = 5, max = 40) List<Double> values, @ForAll long seed) {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, values.size()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    double[] given = values.stream().mapToDouble(v -> v).toArray();
    double[] shuffled = order.stream().mapToDouble(i -> given[i]).toArray();
    double[] p = CrossSection.percentiles(given, i -> true);
    double[] q = CrossSection.percentiles(shuffled, i -> true);
    for (int k = 0; k < order.size(); k++) {
      assertThat(q[k]).isEqualTo(p[order.get(k)]);
      assertThat(p[k]).isBetween(0.0, 1.0);
    }
  }

  @Test
  void whenInstrumentsAreOfOtherKinds_thenTheyAreOfOtherGroups() {
    assertThat(CrossSection.group(Symbol.parse("600519.SH"))).isZero();
    assertThat(CrossSection.group(Symbol.parse("510300.SH"))).isEqualTo(1);
    assertThat(CrossSection.group(Symbol.parse("000300.SH"))).isEqualTo(2);
    assertThat(CrossSection.group(Symbol.other("MSFT"))).isEqualTo(2);
  }
}
