package io.qilin.mlops.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DensityTest {
  @Property(tries = 15)
  void whenValuesWereSeen_thenTheDensityIsOneInAllAndDrawsFollowIt(
      @ForAll @Size(max = 40) List<@DoubleRange(min = -2, max = 5) Double> seen,
      @ForAll long seed) {
    Scale scale = Scale.of(new Domain.Real(-2, 5, false));
    double[] places = seen.stream().mapToDouble(scale::place).toArray();
    NumberDensity density = new NumberDensity(scale, places, TpeHistory.weights(places.length), 1);

    int cells = 2_000;
    double width = 7.0 / cells;
    double[] cumulative = new double[cells + 1];
    for (int i = 0; i < cells; i++) {
      cumulative[i + 1] = cumulative[i] + Math.exp(density.log(-2 + (i + 0.5) * width)) / cells;
    }
    assertThat(cumulative[cells]).isCloseTo(1, within(1e-4));

    SplittableRandom random = new SplittableRandom(seed);
    int draws = 1_000;
    double[] drawn = new double[draws];
    Arrays.setAll(drawn, i -> density.draw(random));
    Arrays.sort(drawn);
    double furthest = 0;
    for (int i = 0; i < draws; i++) {
      assertThat(drawn[i]).isBetween(-2.0, 5.0);
      int cell = (int) Math.min(cells, Math.round((drawn[i] + 2) / width));
      furthest = Math.max(furthest, Math.abs(cumulative[cell] - (i + 0.5) / draws));
    }
    // Kolmogorov: above 3/sqrt(n) with a chance of 3e-8.
    assertThat(furthest).isLessThan(3 / Math.sqrt(draws) + 0.01);
  }

  @Property(tries = 30)
  void whenWholeNumbersWereSeen_thenTheMassesAreOneInAll(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 200) Integer> seen,
      @ForAll boolean log) {
    Scale scale = Scale.of(new Domain.Whole(1, 200, log));
    double[] places = seen.stream().mapToDouble(n -> scale.place(n)).toArray();
    NumberDensity density = new NumberDensity(scale, places, TpeHistory.weights(places.length), 1);
    double sum = 0;
    for (int n = 1; n <= 200; n++) {
      sum += Math.exp(density.log(n));
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  @Property(tries = 50)
  void whenOptionsWereSeen_thenTheirChancesAreOneInAllAndNoneIsNought(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 4) Integer> seen,
      @ForAll @DoubleRange(min = 0.01, max = 10) double prior,
      @ForAll long seed) {
    ChoiceDensity density = new ChoiceDensity(5, seen, TpeHistory.weights(seen.size()), prior);
    double sum = 0;
    for (int option = 0; option < 5; option++) {
      assertThat(density.log(option)).isGreaterThan(-20);
      sum += Math.exp(density.log(option));
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(density.draw(new SplittableRandom(seed))).isBetween(0, 4);
  }

  @Test
  void whenScalesAreExtreme_thenDrawsStayInRange() {
    SplittableRandom random = new SplittableRandom(1);
    List<Domain> domains = List.of(
        new Domain.Real(1.6e308, 1.7e308, false),
        new Domain.Real(0, Double.MIN_VALUE, false),
        new Domain.Real(1, Math.nextUp(1.0), true),
        new Domain.Real(Double.MIN_VALUE, Double.MAX_VALUE, true),
        new Domain.Real(1e300, Math.nextUp(1e300), true),
        new Domain.Whole(-(1L << 52), 1L << 52, false),
        new Domain.Whole(1L << 52, 1L << 52, true),
        new Domain.Whole(3, 3, false));
    for (Domain domain : domains) {
      Scale scale = Scale.of(domain);
      NumberDensity density = new NumberDensity(
          scale,
          new double[] {scale.place(scale.least()), scale.place(scale.greatest())},
          new double[] {1, 1},
          1);
      for (int i = 0; i < 100; i++) {
        assertThat(density.draw(random)).isBetween(scale.least(), scale.greatest());
      }
    }
  }

  @Test
  void whenTrialsAreMany_thenTheOldCountForLess() {
    assertThat(TpeHistory.weights(0)).isEmpty();
    assertThat(TpeHistory.weights(25)).containsOnly(1);
    double[] weights = TpeHistory.weights(30);
    assertThat(weights[0]).isEqualTo(1 / 30.0);
    assertThat(weights[4]).isEqualTo(1);
    assertThat(Arrays.copyOfRange(weights, 5, 30)).containsOnly(1);
    assertThat(TpeHistory.weights(26)[0]).isEqualTo(1 / 26.0);
  }
}
