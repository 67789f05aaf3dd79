package io.qilin.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.8413447460685429",
    "-1, 0.15865525393145707",
    "1.6448536269514722, 0.95",
    "-3, 0.0013498980316300933",
    "6, 0.9999999990134123"
  })
  void whenTabulated_thenBelowAgrees(double z, double chance) {
    assertThat(Normal.below(z)).isCloseTo(chance, within(1e-14));
  }

  @Property
  void whenThereAndBack_thenTheSame(
      @ForAll @DoubleRange(min = 0.001, max = 0.999) @Scale(6) double chance) {
    assertThat(Normal.below(Normal.quantile(chance))).isCloseTo(chance, within(1e-12 * chance));
  }

  @Property
  void whenMirrored_thenTheRest(@ForAll @DoubleRange(min = -8, max = 8) double z) {
    assertThat(Normal.below(z) + Normal.below(-z)).isCloseTo(1, within(1e-15));
  }

  @Test
  void whenAtTheEnds_thenInfinite() {
    assertThat(Normal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Normal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Normal.quantile(0.5)).isCloseTo(0, within(1e-15));
    assertThat(Normal.quantile(Double.NaN)).isNaN();
    assertThat(Normal.below(Double.NaN)).isNaN();
    assertThat(Normal.below(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Normal.below(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }
}
