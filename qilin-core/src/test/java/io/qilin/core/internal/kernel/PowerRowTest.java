package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PowerRowTest {
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
    Math.nextDown(1.0),
    Math.nextUp(1.0),
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

  private final PowerRow powers = new PowerRow();

  @Property(tries = 500)
  void whenAnyNumbers_thenBitsAreThoseOfStrictMath(
      @ForAll long seed, @ForAll @IntRange(max = 300) int n) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] bases = new double[n];
    double[] exponents = new double[n];
    int least = random.nextInt(8);
    int kinds = 1 + random.nextInt(8 - least);
    for (int i = 0; i < n; i++) {
      int kind = least + random.nextInt(kinds);
      bases[i] = base(kind, random);
      exponents[i] = exponent(kind, random);
    }

    assertSame(bases, exponents);
  }

  @Test
  void whenEitherIsSpecial_thenBitsAreThoseOfStrictMath() {
    for (double base : SPECIAL) {
      double[] bases = new double[4 * SPECIAL.length];
      double[] exponents = new double[4 * SPECIAL.length];
      Arrays.fill(bases, base);
      for (int i = 0; i < SPECIAL.length; i++) {
        exponents[4 * i] = SPECIAL[i];
        exponents[4 * i + 1] = SPECIAL[i] * 0.25;
        exponents[4 * i + 2] = Math.nextUp(SPECIAL[i]);
        exponents[4 * i + 3] = Math.nextDown(SPECIAL[i]);
      }

      assertSame(bases, exponents);
    }
  }

  /** The logarithm is taken from 1 or from 1.5. */
  @Test
  void whenTheBaseIsAtABorderOfTheLogarithm_thenBitsAreThoseOfStrictMath() {
    for (long border : new long[] {0x3ff3988eL, 0x3ffbb67aL}) {
      double[] bases = new double[10];
      double[] exponents = new double[10];
      Arrays.fill(exponents, 1.75);
      for (int i = 0; i < 5; i++) {
        bases[2 * i] = Double.longBitsToDouble((border + i - 2) << 32);
        bases[2 * i + 1] = Double.longBitsToDouble(((border + i - 2) << 32) | 0xffffffffL);
      }

      assertSame(bases, exponents);
    }
  }

  /** The power of two is a whole number and what is left, at most one half. */
  @Test
  void whenTheResultIsAtAHalfPowerOfTwo_thenBitsAreThoseOfStrictMath() {
    double[] exponents = new double[4 * 81];
    for (int i = 0; i < 81; i++) {
      double half = (i - 40) / 2.0;
      exponents[4 * i] = half;
      exponents[4 * i + 1] = Math.nextUp(half);
      exponents[4 * i + 2] = Math.nextDown(half);
      exponents[4 * i + 3] = half + 0x1p-30;
    }
    for (double base : new double[] {2, 4, 0.5, Math.nextUp(2.0)}) {
      double[] bases = new double[exponents.length];
      Arrays.fill(bases, base);

      assertSame(bases, exponents);
    }
  }

  @Test
  void whenThereAreFewerThanTheRowHas_thenTheRestStays() {
    double[] out = {-7, -7, -7};

    powers.compute(new double[] {3, 3, 3}, new double[] {4, 2, 4}, out, 2);

    assertThat(out).containsExactly(81, 9, -7);
  }

  private static double base(int kind, SplittableRandom random) {
    return switch (kind) {
      case 0, 1 -> (1 + random.nextInt(64)) / 64.0;
      case 2 -> random.nextDouble();
      case 3, 4 -> Math.scalb(random.nextDouble(1, 2), random.nextInt(-8, 9));
      case 5 -> 1 + random.nextDouble(-1e-6, 1e-6);
      case 6 -> Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }

  private static double exponent(int kind, SplittableRandom random) {
    return switch (kind) {
      case 0 -> (1 + random.nextInt(64)) / 64.0;
      case 1 -> Math.scalb(1.0, random.nextInt(-60, 8));
      case 2 -> random.nextDouble(-2, 2);
      case 3 -> random.nextInt(-9, 10);
      case 4 -> random.nextDouble(-300, 300);
      case 5 -> random.nextDouble(-1e9, 1e9);
      case 6 -> random.nextDouble(-2, 2);
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }

  /** Also written over the bases and over the exponents. */
  private void assertSame(double[] bases, double[] exponents) {
    int n = bases.length;
    double[] out = new double[n];
    double[] overBases = bases.clone();
    double[] overExponents = exponents.clone();

    powers.compute(bases, exponents, out, n);
    powers.compute(overBases, exponents, overBases, n);
    powers.compute(bases, overExponents, overExponents, n);

    for (int i = 0; i < n; i++) {
      long expected = Double.doubleToLongBits(Elementwise.power(bases[i], exponents[i]));
      assertThat(Double.doubleToLongBits(out[i]))
          .as("%s to the power of %s", bases[i], exponents[i])
          .isEqualTo(expected);
      assertThat(Double.doubleToLongBits(overBases[i])).isEqualTo(expected);
      assertThat(Double.doubleToLongBits(overExponents[i])).isEqualTo(expected);
    }
  }
}
