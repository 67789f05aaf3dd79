package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1", "+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1",
        "－1", "＠x", "%0A=1+1", "'=1+1", " =1+1", "\u00a0=1", "\u200b=1", "\ufeff=1", "|calc",
        "\"=1+1", "-1.5", "="
      })
  void whenASpreadsheetCouldSeeAFormula_thenAnApostropheIsInFront(String text) {
    assertThat(TextCell.encode(text)).startsWith("'");
    assertThat(TextCell.decode(TextCell.encode(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"贵州茅台", "*ST 金亚", "600519.SH", "a=b", "1-2", "N", "", "it's", "(x)"})
  void whenHarmless_thenUnchanged(String text) {
    assertThat(TextCell.encode(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;=1+1", "a\n=1+1", "a\t@x", "a;;-1"})
  void whenAnotherSeparatorBeginsACell_thenTheApostropheIsThere(String text) {
    assertThat(TextCell.encode(text)).containsPattern("[;\n\t]'[=@-]");
    assertThat(TextCell.decode(TextCell.encode(text))).isEqualTo(text);
  }

  @Property(tries = 5000)
  void whenAnyText_thenItComesBack(@ForAll("texts") String text) {
    assertThat(TextCell.decode(TextCell.encode(text))).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.strings().withChars("='+-@; \t\r\n|a\"%").ofMaxLength(12));
  }
}
