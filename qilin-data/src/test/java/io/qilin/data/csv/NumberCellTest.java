package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.data.internal.CellException;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCellTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, -0.0",
    "+1500.00, 1500",
    "1510.00, 1510",
    ".5, 0.5",
    "5., 5",
    "1e3, 1000",
    "1E+3, 1000",
    "-1.5e-3, -0.0015",
    "00012, 12",
    "9007199254740993, 9007199254740992",
    "0.1, 0.1",
    "123456789012345678901234567890, 1.2345678901234568e29",
    "1e-999, 0",
    "4.9e-324, 4.9e-324",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "0.3333333333333333333333333, 0.3333333333333333"
  })
  void whenPlainDecimal_thenTheNearestDouble(String text, double expected) throws CellException {
    double actual = parse(text, false);
    assertThat(Double.doubleToLongBits(actual)).isEqualTo(Double.doubleToLongBits(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NaN", "nan", "null", "NULL", "NA", "N/A", "#N/A", "None"})
  void whenMissing_thenNaN(String text) throws CellException {
    assertThat(parse(text, false)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,500.00",
        "1 500",
        "1.5%",
        "￥1500",
        "$5",
        "true",
        "TRUE",
        "2025-01-15",
        "#REF!",
        "#DIV/0!",
        "0x1F",
        "1d",
        "1f",
        "1.5F",
        "１５００",
        "1e",
        "1e+",
        "--1",
        "+-1",
        "1.2.3",
        ".",
        "-",
        "+",
        "e5",
        "1_000",
        "1e5.0",
        "nan1",
        "٣",
        "1\u00a0",
        "−5",
        "null,",
        "1L",
        "1'000",
        "-nan"
      })
  void whenAnythingElse_thenRefused(String text) {
    assertThatThrownBy(() -> parse(text, true)).isInstanceOf(CellException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e400", "1.8e308", "1e999999999999"})
  void whenTooLarge_thenRefusedEvenWhereInfinityIsAValue(String text) {
    assertThatThrownBy(() -> parse(text, true))
        .isInstanceOfSatisfying(
            CellException.class, e -> assertThat(e.reason()).contains("too large"));
  }

  @ParameterizedTest
  @CsvSource({"inf, Infinity", "-inf, -Infinity", "+Inf, Infinity", "-Infinity, -Infinity"})
  void whenInfinite_thenOnlyReadWhereAllowed(String text, double expected) throws CellException {
    assertThat(parse(text, true)).isEqualTo(expected);
    assertThatThrownBy(() -> parse(text, false)).isInstanceOf(CellException.class);
  }

  @Property(tries = 5000)
  void whenAnyDoubleIsPrinted_thenItReadsBack(@ForAll long bits) throws CellException {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      assertThat(Double.doubleToLongBits(parse(Double.toString(value), false)))
          .isEqualTo(Double.doubleToLongBits(value));
    }
  }

  @Property(tries = 5000)
  void whenAnyDecimal_thenAsTheLibraryReadsIt(
      @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L) long n,
      @ForAll @IntRange(min = -30, max = 30) int scale)
      throws CellException {
    String text = BigDecimal.valueOf(n, scale).toString();
    assertThat(parse(text, false)).isEqualTo(Double.parseDouble(text));
  }

  private static double parse(String text, boolean infinities) throws CellException {
    char[] chars = ("xx" + text + "yy").toCharArray();
    return NumberCell.parse(chars, 2, chars.length - 2, infinities);
  }
}
