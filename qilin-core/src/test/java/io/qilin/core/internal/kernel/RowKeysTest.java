package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RowKeysTest {
  @Property(tries = 3000)
  void whenOneValueIsLess_thenItsKeyIsNotLarger(@ForAll long first, @ForAll long second) {
    double a = Double.longBitsToDouble(first);
    double b = Double.longBitsToDouble(second);
    double c = Double.longBitsToDouble(first ^ (1L << (second & 63))); // near the first one

    assertOrder(a, b);
    assertOrder(a, c);
  }

  @Test
  void whenZerosHaveDifferentSigns_thenTheirKeysAreTheSame() {
    assertThat(RowKeys.of(-0.0)).isEqualTo(RowKeys.of(0.0));
    assertOrder(-Double.MIN_VALUE, 0);
    assertOrder(0, Double.MIN_VALUE);
  }

  @Test
  void whenNotFinite_thenMissing() {
    assertThat(RowKeys.of(Double.NaN)).isEqualTo(RowKeys.MISSING);
    assertThat(RowKeys.of(Double.POSITIVE_INFINITY)).isEqualTo(RowKeys.MISSING);
    assertThat(RowKeys.of(Double.NEGATIVE_INFINITY)).isEqualTo(RowKeys.MISSING);
  }

  @Test
  void whenFinite_thenKeysLieBetweenZeroAndMissing() {
    assertThat(RowKeys.of(Double.MAX_VALUE)).isLessThan(RowKeys.MISSING);
    assertThat(RowKeys.of(-Double.MAX_VALUE)).isNotNegative();
  }

  private static void assertOrder(double a, double b) {
    if (Double.isFinite(a) && Double.isFinite(b)) {
      int sign = Integer.signum(Integer.compare(RowKeys.of(a), RowKeys.of(b)));
      assertThat(sign == 0 || sign == (int) Math.signum(a < b ? -1.0 : a > b ? 1 : 0))
          .as("%s and %s", a, b)
          .isTrue();
    }
  }
}
