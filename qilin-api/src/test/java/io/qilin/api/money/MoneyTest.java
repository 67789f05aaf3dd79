package io.qilin.api.money;

import static io.qilin.api.Refusals.assertInvalid;
import static io.qilin.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  @ParameterizedTest
  @CsvSource({"12.34,1234", "0,0", "-0.01,-1", "7.5,750", "1e2,10000", "1.230,123", "+3,300"})
  void whenParsed_thenItIsThatManyFen(String text, long fen) {
    assertThat(Money.parse(text)).isEqualTo(Money.ofFen(fen));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "1.234",
        "NaN",
        "Infinity",
        "0x10",
        "1,000",
        "¥5",
        "1e30",
        "1e-3",
        "99999999999999999999",
        "1e2147483647",
        "1e-2147483647",
        "0.000000000000000000000000000001"
      })
  void whenTextIsNoAmount_thenItIsRefused(String text) {
    assertInvalid(() -> Money.parse(text)).hasMessageContaining("'" + text + "'");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void whenTextIsEndless_thenItIsRefusedAtOnce() {
    assertInvalid(() -> Money.parse("9".repeat(10_000_000))).hasMessageContaining("10000000 char");
  }

  @Property
  void whenPrinted_thenItParsesBack(@ForAll long fen) {
    assertThat(Money.parse(Money.ofFen(fen).toString())).isEqualTo(new Money(fen));
    assertThat(Money.ofYuan(Money.ofFen(fen).yuan())).isEqualTo(new Money(fen));
  }

  @ParameterizedTest
  @CsvSource({"1.005,101", "1.0049,100", "-1.005,-101", "0.004999,0", "0.005,1", "1E+3,100000"})
  void whenYuanHaveMoreDecimals_thenTheyAreRoundedHalfUp(String yuan, long fen) {
    assertThat(Money.ofYuan(new BigDecimal(yuan))).isEqualTo(Money.ofFen(fen));
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void whenYuanAreOutOfAllBounds_thenThatTakesNoTime() {
    assertThat(Money.ofYuan(new BigDecimal("1E-2000000000"))).isEqualTo(Money.ZERO);
    assertThat(Money.ofYuan(new BigDecimal("0E+2000000000"))).isEqualTo(Money.ZERO);
    for (String huge : new String[] {"1E+2000000000", "-1E+20", "92233720368547758.08"}) {
      assertRefused(ErrorCode.LIMIT_EXCEEDED, () -> Money.ofYuan(new BigDecimal(huge)));
    }
    assertThat(Money.ofYuan(new BigDecimal("92233720368547758.07")))
        .isEqualTo(Money.ofFen(Long.MAX_VALUE));
  }

  @Property
  void whenCalculated_thenItIsExactOrRefused(@ForAll long a, @ForAll long b) {
    BigInteger left = BigInteger.valueOf(a);
    BigInteger right = BigInteger.valueOf(b);
    assertSameOrRefused(left.add(right), () -> new Money(a).plus(new Money(b)));
    assertSameOrRefused(left.subtract(right), () -> new Money(a).minus(new Money(b)));
    assertSameOrRefused(left.multiply(right), () -> new Money(a).times(b));
  }

  private static void assertSameOrRefused(
      BigInteger expected, java.util.function.Supplier<Money> actual) {
    if (expected.bitLength() < Long.SIZE) {
      assertThat(actual.get().fen()).isEqualTo(expected.longValueExact());
    } else {
      assertRefused(ErrorCode.LIMIT_EXCEEDED, actual::get)
          .hasMessageContaining("92233720368547758.07");
    }
  }

  @Test
  void whenCompared_thenTheAmountDecides() {
    Money small = Money.parse("-1.50");
    Money large = Money.parse("0.01");
    assertThat(small).isLessThan(large);
    assertThat(small.max(large)).isEqualTo(large);
    assertThat(large.max(small)).isEqualTo(large);
    assertThat(small.isNegative()).isTrue();
    assertThat(Money.ZERO.isNegative()).isFalse();
    assertThat(small).hasToString("-1.50");
  }
}
