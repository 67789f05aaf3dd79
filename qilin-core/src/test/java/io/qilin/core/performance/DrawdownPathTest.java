package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DrawdownPathTest {
  @Test
  void whenItFallsTwice_thenTwoEpisodesWithTheirDates() {
    DrawdownPath path =
        DrawdownPath.of(SomeReturns.of(0.1, -0.5, 1.0, 0.25, -0.2), Compounding.COMPOUND);

    assertThat(path.values()).containsExactly(new double[] {0, -0.5, 0, 0, -0.2}, within(1e-15));
    assertThat(path.episodes()).hasSize(2);
    Drawdown first = path.deepest(1).get(0);
    assertThat(first.depth()).isCloseTo(-0.5, within(1e-15));
    assertThat(first.peak()).contains(LocalDate.of(2024, 1, 1));
    assertThat(first.trough()).isEqualTo(LocalDate.of(2024, 1, 2));
    assertThat(first.recovery()).contains(LocalDate.of(2024, 1, 3));
    assertThat(first.fallDays()).isEqualTo(1);
    assertThat(first.days()).isEqualTo(2);
    assertThat(path.deepest(5).get(1).recovery()).isEmpty();
  }

  @Test
  void whenTheFirstDayLoses_thenCompoundingCountsFromTheStartAndSummingDoesNot() {
    ReturnSeries series = SomeReturns.of(-0.1, -0.1);

    assertThat(DrawdownPath.of(series, Compounding.COMPOUND).deepest(1))
        .containsExactly(new Drawdown(
            0.9 * 0.9 - 1, Optional.empty(), LocalDate.of(2024, 1, 2), Optional.empty(), 2, 2));
    assertThat(DrawdownPath.of(series, Compounding.SUM).values()).containsExactly(0, -0.1);
  }

  @Test
  void whenEverythingIsLost_thenItStaysLost() {
    assertThat(DrawdownPath.of(SomeReturns.of(-1, 0.5), Compounding.COMPOUND).values())
        .containsExactly(-1, -1);
  }

  @Property
  void whenReturnsAreAny_thenThePathIsNeverPositiveAndTheEpisodesHoldItsLeast(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -1, max = 3) Double> returns,
      @ForAll Compounding compounding) {
    double[] values = returns.stream().mapToDouble(Double::doubleValue).toArray();

    DrawdownPath path = DrawdownPath.of(SomeReturns.of(values), compounding);

    assertThat(path.values()).hasSize(values.length);
    assertThat(Arrays.stream(path.values()).max().orElseThrow()).isLessThanOrEqualTo(0);
    double least = Arrays.stream(path.values()).min().orElseThrow();
    assertThat(DrawdownPath.deepest(values, compounding)).isEqualTo(Math.min(0, least));
    assertThat(path.deepest(1).stream().mapToDouble(Drawdown::depth).min().orElse(0))
        .isEqualTo(Math.min(0, least));
  }
}
