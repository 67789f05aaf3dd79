package io.qilin.data.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void whenManyNormalsAreDrawn_thenTheirMomentsAreThoseOfANormal() {
    SeededRandom random = SeededRandom.of(1, 2);
    int n = 400_000;
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    int beyondTwo = 0;
    for (int i = 0; i < n; i++) {
      double x = random.normal();
      sum += x;
      squares += x * x;
      fourth += x * x * x * x;
      beyondTwo += Math.abs(x) > 1.959964 ? 1 : 0;
    }
    assertThat(sum / n).isCloseTo(0, within(0.01));
    assertThat(squares / n).isCloseTo(1, within(0.01));
    assertThat(fourth / n).isCloseTo(3, within(0.1));
    assertThat((double) beyondTwo / n).isCloseTo(0.05, within(0.003));
  }

  @Test
  void whenTheStreamDiffers_thenSoDoTheNumbers() {
    assertThat(SeededRandom.of(1, 1).unit()).isNotEqualTo(SeededRandom.of(1, 2).unit());
    assertThat(SeededRandom.of(1, 1).unit()).isNotEqualTo(SeededRandom.of(2, 1).unit());
  }

  @Property(tries = 300)
  void whenARangeIsGiven_thenDrawsStayInIt(
      @ForAll long seed,
      @ForAll @IntRange(min = -1000, max = 1000) int low,
      @ForAll @IntRange(max = 500) int width) {
    SeededRandom random = SeededRandom.of(seed, 0);
    for (int i = 0; i < 50; i++) {
      assertThat(random.between(low, low + width)).isBetween(low, low + width);
      assertThat(random.between((double) low, low + width + 1.0))
          .isBetween((double) low, low + width + 1.0);
      assertThat(random.unit()).isBetween(0.0, 1.0).isLessThan(1.0);
    }
  }
}
