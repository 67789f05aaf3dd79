package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is found from bits must be what the language's own comparisons give. */
class ElementwiseTest {
  private static final double[] CORNERS = {
    Double.NEGATIVE_INFINITY,
    -Double.MAX_VALUE,
    -1,
    Math.nextUp(-1.0),
    -Double.MIN_NORMAL,
    -Double.MIN_VALUE,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    1e-50,
    Math.nextDown(1.0),
    1,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NaN,
    Double.longBitsToDouble(0xfff8000000000001L)
  };

  @Test
  void whenCorners_thenAsTheLanguageHasIt() {
    for (double a : CORNERS) {
      for (double b : CORNERS) {
        check(a, b);
      }
    }
  }

  @Property
  void whenAnyBits_thenAsTheLanguageHasIt(@ForAll long a, @ForAll long b) {
    check(Double.longBitsToDouble(a), Double.longBitsToDouble(b));
    check(Double.longBitsToDouble(a), Double.longBitsToDouble(a));
    check(Double.longBitsToDouble(a), Double.longBitsToDouble(a + 1));
  }

  private static void check(double a, double b) {
    String pair = a + ", " + b;
    same(Elementwise.less(a, b), a < b ? 1 : 0, pair);
    same(Elementwise.lessOrEqual(a, b), a <= b ? 1 : 0, pair);
    same(Elementwise.equal(a, b), a == b ? 1 : 0, pair);
    same(Elementwise.choose(a, b, 7), a != 0 ? b : 7, pair);
    same(Elementwise.choose(a, 7, b), a != 0 ? 7 : b, pair);
    same(Elementwise.sign(a), Math.signum((double) (float) a) + 0.0, pair);
  }

  /** -0 is another number than 0, {@code NaN} is {@code NaN}. */
  private static void same(double got, double expected, String pair) {
    assertThat(Double.doubleToLongBits(got))
        .as("%s: %s for %s", pair, got, expected)
        .isEqualTo(Double.doubleToLongBits(expected));
  }
}
