package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The fast way to the nearest double beside the one of the JDK, which is exact. */
class EiselLemireTest {
  private static void check(BigInteger digits, int power) {
    double actual = EiselLemire.nearest(digits.longValue(), power);
    double expected = Double.parseDouble(digits + "e" + power);
    if (!Double.isNaN(actual)) {
      assertThat(actual).as("%s e %s", digits, power).isEqualTo(expected);
    }
  }

  @Property(tries = 60)
  void whenDigitsAreAny_thenTheNearestDouble(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      long digits = random.nextLong() >>> random.nextInt(Long.SIZE) | 1;
      int power = random.nextInt(-EiselLemire.POWERS, EiselLemire.POWERS + 1);
      check(new BigInteger(Long.toUnsignedString(digits)), power);
    }
  }

  @Property(tries = 60)
  void whenBesideTheMiddleOfTwoDoubles_thenTheNearerOne(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int checked = 0;
    for (int i = 0; i < 100; i++) {
      double value =
          Math.scalb((double) random.nextLong(1L << 52, 1L << 53), random.nextInt(-70, 8));
      BigDecimal middle = new BigDecimal(value).add(new BigDecimal(Math.ulp(value) / 2));
      int scale = middle.scale() - middle.precision() + 19;
      BigInteger digits = middle
          .movePointRight(scale)
          .toBigInteger()
          .add(BigInteger.valueOf(random.nextInt(-1, 2)));
      if (Math.abs(scale) <= EiselLemire.POWERS && digits.bitLength() <= Long.SIZE) {
        check(digits, -scale);
        checked++;
      }
    }
    assertThat(checked).isPositive();
  }

  @Test
  void whenExactlyInTheMiddle_thenTheEvenNeighbour() {
    assertThat(EiselLemire.nearest((1L << 53) + 1, 0)).isEqualTo(0x1p53);
    assertThat(EiselLemire.nearest((1L << 53) + 3, 0)).isEqualTo(0x1p53 + 4);
    // Five times two makes the middle too: 90071992547409930 is ten times 2^53 + 1.
    assertThat(EiselLemire.nearest(90_071_992_547_409_930L, -1)).isEqualTo(0x1p53);
    assertThat(EiselLemire.nearest(90_071_992_547_409_931L, -1)).isEqualTo(0x1p53 + 2);
    assertThat(EiselLemire.nearest(-1, 0)).isEqualTo(0x1p64);
  }

  @Test
  void whenPricesAndTurnovers_thenAlmostAlwaysTold() {
    int open = 0;
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      long digits = random.nextLong(1L << 53, 1_000_000_000_000_000_000L);
      double actual = EiselLemire.nearest(digits, -random.nextInt(8, 18));
      open += Double.isNaN(actual) ? 1 : 0;
    }
    assertThat(open).isZero();
  }
}
