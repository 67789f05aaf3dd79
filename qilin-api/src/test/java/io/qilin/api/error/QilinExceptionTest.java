package io.qilin.api.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QilinExceptionTest {
  @Test
  void whenMade_thenTheMessageBeginsWithTheNumber() {
    var cause = new IllegalStateException("inner");
    var error = new QilinException(ErrorCode.DATA_FORMAT, "a.csv line 3", cause);
    assertThat(error).hasMessage("QILIN-2003 a.csv line 3").hasCause(cause);
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_FORMAT);
  }

  @Test
  void whenMadeWithoutCause_thenThereIsNone() {
    assertThat(QilinException.invalid("no"))
        .hasNoCause()
        .hasMessage("QILIN-1001 no")
        .extracting(QilinException::code)
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  @SuppressWarnings("NullAway")
  void whenTheCodeIsNull_thenThatIsTheError() {
    assertThatNullPointerException().isThrownBy(() -> new QilinException(null, "no"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "abc,'abc'",
        "\"\",''",
        "贵州茅台,'贵州茅台'",
        "😀,'😀'",
        "it's,'it's'",
      })
  void whenTextIsPrintable_thenItIsQuotedAsItIs(String text, String quoted) {
    assertThat(QilinException.quote(text)).isEqualTo(quoted);
  }

  @Test
  void whenTextHidesSomething_thenItIsShown() {
    assertThat(QilinException.quote("a\nb\tc\u0000\u001b[2J"))
        .isEqualTo("'a\\u000Ab\\u0009c\\u0000\\u001B[2J'");
    assertThat(QilinException.quote("\u202eevil\u2066\u200b\ufeff\u2028\u2029\u0085"))
        .isEqualTo("'\\u202Eevil\\u2066\\u200B\\uFEFF\\u2028\\u2029\\u0085'");
    assertThat(QilinException.quote("\ud800x\udfff")).isEqualTo("'\\uD800x\\uDFFF'");
  }

  @Test
  void whenTextHasEightyCharacters_thenItIsShownWhole() {
    assertThat(QilinException.quote("x".repeat(80))).isEqualTo("'" + "x".repeat(80) + "'");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void whenTextIsLong_thenItIsCutAndItsLengthIsTold() {
    assertThat(QilinException.quote("x".repeat(81)))
        .isEqualTo("'" + "x".repeat(80) + "…' (81 characters)");
    assertThat(QilinException.quote("\u0000".repeat(50_000_000)))
        .endsWith("…' (50000000 characters)")
        .hasSizeLessThan(600);
  }

  @Property
  void whenAnyTextIsQuoted_thenTheResultIsOneShortCleanLine(
      @ForAll @StringLength(max = 300) @CharRange(from = 0, to = '\uffff') String text) {
    String quoted = QilinException.quote(text);
    assertThat(quoted.codePoints())
        .noneMatch(c -> Character.isISOControl(c)
            || Character.getType(c) == Character.FORMAT
            || Character.getType(c) == Character.SURROGATE
            || Character.getType(c) == Character.LINE_SEPARATOR
            || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
    assertThat(quoted.length()).isLessThanOrEqualTo(80 * 7 + 40);
  }
}
