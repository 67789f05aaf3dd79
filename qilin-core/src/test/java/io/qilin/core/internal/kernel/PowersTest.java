package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PowersTest {
  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    1.5,
    Math.sqrt(1.5),
    Math.sqrt(3),
    Math.nextDown(1),
    Math.nextUp(1),
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Math.nextDown(Double.MIN_NORMAL),
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    0x1p31,
    -0x1p31,
    Math.nextDown(0x1p31),
    0x1p64,
    1020,
    1021,
    1023,
    1024,
    -1020,
    -1022,
    -1074,
    -1075,
    1e300,
    1e-300,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  @Property(tries = 300)
  void whenAnyNumbers_thenBitsAreThoseOfStrictMath(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      double share = (1 + random.nextInt(64)) / 64.0;
      double price = Math.scalb(random.nextDouble(1, 2), random.nextInt(-8, 9));
      double nearOne = 1 + random.nextDouble(-1e-6, 1e-6);

      assertSame(any, Double.longBitsToDouble(random.nextLong()));
      assertSame(Math.abs(any), random.nextDouble(-2, 2));
      assertSame(share, (1 + random.nextInt(64)) / 64.0);
      assertSame(price, random.nextInt(-9, 10));
      assertSame(price, random.nextDouble(-300, 300));
      assertSame(nearOne, random.nextDouble(-1e9, 1e9));
      assertSame(share, Math.scalb(1.0, random.nextInt(-60, 8)));
    }
  }

  @Test
  void whenEitherIsSpecial_thenBitsAreThoseOfStrictMath() {
    for (double base : SPECIAL) {
      for (double exponent : SPECIAL) {
        assertSame(base, exponent);
        assertSame(base, exponent * 0.25);
        assertSame(base, Math.nextUp(exponent));
        assertSame(base, Math.nextDown(exponent));
      }
    }
  }

  /** The logarithm is taken from 1 or from 1.5, and the power of two is rounded to a whole number or a half. */
  @Test
  void whenAtTheBordersOfTheAlgorithm_thenBitsAreThoseOfStrictMath() {
    for (long upper : new long[] {0x3ff3988eL, 0x3ffbb67aL}) {
      for (long word = upper - 2; word <= upper + 2; word++) {
        assertSame(Double.longBitsToDouble(word << 32), 1.75);
        assertSame(Double.longBitsToDouble(word << 32 | 0xffffffffL), -0.75);
      }
    }
    for (double halves = -40; halves <= 40; halves++) {
      assertSame(2, halves / 2);
      assertSame(2, Math.nextUp(halves / 2));
      assertSame(4, halves / 4 + 0x1p-30);
      assertSame(0.5, Math.nextDown(halves / 2));
    }
  }

  private static void assertSame(double base, double exponent) {
    assertThat(Double.doubleToLongBits(Powers.of(base, exponent)))
        .as("%s to the power of %s", base, exponent)
        .isEqualTo(Double.doubleToLongBits(StrictMath.pow(base, exponent)));
  }
}
