package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.data.internal.CellException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNumberTest {
  private final PlainNumber number = new PlainNumber();

  /** Where the number ends that begins a line; digits behind the line are not to be looked at. */
  private int read(String text) {
    return number.read((text + "\n1234567890").getBytes(StandardCharsets.UTF_8), 0);
  }

  /** Bit by bit, so that a zero keeps its sign. */
  private void same(double expected) {
    assertThat(Double.doubleToLongBits(number.value()))
        .isEqualTo(Double.doubleToLongBits(expected));
  }

  private static String text(SplittableRandom random, String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Property(tries = 50)
  void whenAnything_thenWhatIsReadIsTheSameNumber(@ForAll long seed) throws CellException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      String text =
          text(random, "0123456789012345678901234567890123456789.-+e, x", random.nextInt(1, 26));
      int end = read(text);
      if (end >= 0) {
        same(TypedCell.number(text.toCharArray(), 0, end));
        assertThat(end < text.length() && Character.isDigit(text.charAt(end))).isFalse();
      }
    }
  }

  @Property(tries = 50)
  void whenADecimal_thenTheNearestDouble(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      String text = (random.nextBoolean() ? "-" : "")
          + random.nextInt(10_000_000)
          + "."
          + text(random, "0123456789", random.nextInt(13));
      assertThat(read(text)).isEqualTo(text.length());
      same(Double.parseDouble(text));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-0, -0.0", "5., 5", ".5, 0.5", "9999999999999999999, 1e19"})
  void whenAtTheEdge_thenTheNearestDouble(String text, double expected) {
    assertThat(read(text)).isEqualTo(text.length());
    same(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".", "-.", "+1", "007", "-01.5", "12345678901234567890", "NaN"})
  void whenNotPlain_thenLeftAlone(String text) {
    assertThat(read(text)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9, 15, 16, 17, 40})
  void whenManyZerosBehindThePoint_thenCountedAsDigits(int zeros) {
    char[] fraction = new char[zeros];
    Arrays.fill(fraction, '0');
    String text = "1." + new String(fraction);
    assertThat(read(text)).isEqualTo(zeros < 19 ? text.length() : -1);
    if (zeros < 19) {
      same(1);
    }
  }
}
