package io.qilin.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.core.report.TextTable.Align;
import io.qilin.core.report.TextTable.Border;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final TextTable MIXED = TextTable.builder()
      .column("symbol")
      .column("名称")
      .column("score", Align.DECIMAL)
      .column("rows", Align.RIGHT)
      .row("600519.SH", "贵州茅台", "0.4312", "1,217")
      .row("000002.SZ", "万科A", "-12.5", "90")
      .row("E01", "–", "7", "1")
      .build();

  @Test
  void whenLined_thenColumnsStandBelowEachOther() {
    assertThat(MIXED.render(Border.LINE)).isEqualTo("""
        symbol     名称         score   rows
        ─────────  ────────  ────────  ─────
        600519.SH  贵州茅台    0.4312  1,217
        000002.SZ  万科A     -12.5        90
        E01        –           7           1
        """);
  }

  @Test
  void whenAscii_thenTheLinesAreAscii() {
    assertThat(MIXED.render(Border.ASCII).lines().skip(1).findFirst())
        .contains("---------  --------  --------  -----");
  }

  @Test
  void whenBoxed_thenAllLinesAreEquallyWide() {
    List<String> lines = MIXED.render(Border.BOX).lines().toList();
    assertThat(lines)
        .hasSize(7)
        .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isEqualTo(43));
  }

  @Test
  void whenACellIsTooWide_thenItIsCut() {
    TextTable table =
        TextTable.builder().column("why", Align.LEFT, 5).row("momentum").build();
    assertThat(table.toString()).endsWith("mome…\n");
  }

  @Test
  void whenACellCommandsTheTerminal_thenItIsShownInstead() {
    TextTable table =
        TextTable.builder().column("x").row("a\u001B[31m\u202Eb\nc").build();
    assertThat(table.toString()).endsWith("a\\u001B[31m\\u202Eb c\n");
  }

  @Test
  void whenARowDoesNotFit_thenRefused() {
    assertThatThrownBy(() -> TextTable.builder().column("a").row("1", "2"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("row 1 has 2 cells, the table has 1 columns");
    assertThatThrownBy(() -> TextTable.builder().build()).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> TextTable.builder().column("a").row("1").column("b"))
        .isInstanceOf(QilinException.class);
  }

  @Property
  void whenAnyTextIsBoxed_thenAllLinesAreEquallyWide(
      @ForAll @Size(min = 1, max = 8) List<String> cells) {
    TextTable.Builder table =
        TextTable.builder().column("a", Align.LEFT, 20).column("b", Align.DECIMAL, 9);
    cells.forEach(cell -> table.row(cell, cell));
    List<String> lines = table.build().render(Border.BOX).lines().toList();
    assertThat(lines).hasSize(cells.size() + 4);
    assertThat(lines.stream().map(DisplayWidth::of).distinct()).hasSize(1);
  }
}
