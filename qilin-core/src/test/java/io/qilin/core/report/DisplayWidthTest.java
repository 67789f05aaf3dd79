package io.qilin.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DisplayWidthTest {
  @Test
  void whenTextIsLatin_thenOneCellEach() {
    assertThat(DisplayWidth.of("600519.SH")).isEqualTo(9);
  }

  @Test
  void whenTextIsChinese_thenTwoCellsEach() {
    assertThat(DisplayWidth.of("贵州茅台")).isEqualTo(8);
    assertThat(DisplayWidth.of("（Ａ）")).isEqualTo(6);
    assertThat(DisplayWidth.of("\uD842\uDFB7")).isEqualTo(2);
    assertThat(DisplayWidth.of("한글")).isEqualTo(4);
    assertThat(DisplayWidth.of("📈")).isEqualTo(2);
  }

  @Test
  void whenMarksCombine_thenTheyTakeNoCell() {
    assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
    assertThat(DisplayWidth.of("a\u200Bb\u200Dc")).isEqualTo(3);
    assertThat(DisplayWidth.of("\u1112\u1161\u11AB")).isEqualTo(2);
  }

  @Test
  void whenWidthIsAmbiguous_thenOneCell() {
    assertThat(DisplayWidth.of("…±α│")).isEqualTo(4);
  }

  @Test
  void whenChineseIsCut_thenNoHalfCharacterIsLeft() {
    assertThat(DisplayWidth.truncate("贵州茅台", 6)).isEqualTo("贵州…");
    assertThat(DisplayWidth.truncate("贵州茅台", 8)).isEqualTo("贵州茅台");
    assertThat(DisplayWidth.truncate("贵州", 1)).isEqualTo("…");
  }

  @Test
  void whenNoCellIsAllowed_thenRefused() {
    assertThatThrownBy(() -> DisplayWidth.truncate("x", 0))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Property
  void whenCut_thenItFits(@ForAll String text, @ForAll @IntRange(min = 1, max = 40) int cells) {
    assertThat(DisplayWidth.of(DisplayWidth.truncate(text, cells))).isLessThanOrEqualTo(cells);
  }
}
