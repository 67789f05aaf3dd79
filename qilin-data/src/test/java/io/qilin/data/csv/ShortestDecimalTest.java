package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
  @ParameterizedTest
  @CsvSource({
    "0.0, 0",
    "-0.0, -0",
    "1.0, 1",
    "-1.5, -1.5",
    "0.1, 0.1",
    "1.0E-12, 1e-12",
    "1.5E-8, 1.5e-8",
    "1.0E-7, 0.0000001",
    "1234.5, 1234.5",
    "4572547207, 4572547207",
    "1.0E15, 1000000000000000",
    "1.0E16, 1e16",
    "2.0E23, 2e23",
    "4.9E-324, 4.9e-324",
    "0.3, 0.3",
    "1.7976931348623157E308, 1.7976931348623157e308",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "0.001, 0.001",
    "120, 120",
    "9.5367431640625E-7, 0.00000095367431640625",
    "9007199254740992, 9007199254740992"
  })
  void whenWritten_thenShortAndReadable(double value, String expected) {
    assertThat(text(value)).isEqualTo(expected);
  }

  @Test
  void whenAPowerOfTwo_thenItReadsBack() {
    for (int e = Double.MIN_EXPONENT - 52; e <= Double.MAX_EXPONENT; e++) {
      double value = Math.scalb(1.0, e);
      assertThat(Double.parseDouble(text(value))).isEqualTo(value);
    }
  }

  @Property(tries = 20_000)
  void whenAnyDouble_thenItReadsBack(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      String text = text(value);
      assertThat(Double.doubleToLongBits(Double.parseDouble(text)))
          .as(text)
          .isEqualTo(Double.doubleToLongBits(value));
      if (Math.abs(value) >= Double.MIN_NORMAL) {
        assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(value)));
      }
    }
  }

  @Property(tries = 5000)
  void whenAPrice_thenItsOwnDigits(@ForAll @IntRange(min = 1, max = 10_000_000) int ticks) {
    BigDecimal price = BigDecimal.valueOf(ticks, 2);
    assertThat(text(price.doubleValue())).isEqualTo(price.stripTrailingZeros().toPlainString());
  }

  /** Since Java 19 the library prints the shortest decimal too. */
  @Test
  void whenTheLibraryIsExact_thenTheSameDigits() {
    assumeTrue(Runtime.version().feature() >= 19, "Double.toString is not shortest before 19");
    Random random = new Random(42);
    for (int i = 0; i < 300_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(new BigDecimal(text(value))).isEqualByComparingTo(Double.toString(value));
      }
    }
  }

  private static String text(double value) {
    byte[] out = new byte[32];
    int end = ShortestDecimal.write(value, out, 0);
    return new String(out, 0, end, StandardCharsets.US_ASCII);
  }

  private static int digits(String number) {
    return new BigDecimal(number).stripTrailingZeros().precision();
  }
}
