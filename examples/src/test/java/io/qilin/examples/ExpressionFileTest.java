package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionFileTest {
  @TempDir
  private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("e.tsv"), text);
  }

  @Test
  void whenColumnsStandAnywhere_thenTheTwoAreFound() throws IOException {
    Path file = file("\uFEFFnote\texpression\tid\nx\t$close\ta\n\ny\tMean($close,5)\tb\n");
    assertThat(ExpressionFile.read(file))
        .extracting(
            ExpressionFile.NamedExpression::id,
            ExpressionFile.NamedExpression::text,
            ExpressionFile.NamedExpression::place)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", "$close", file + ", line 2"),
            org.assertj.core.groups.Tuple.tuple("b", "Mean($close,5)", file + ", line 4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|line 1: the file is empty",
        "id\\tformula\\n|line 1: the header lacks the column 'expression'",
        "id\\texpression\\n|line 2: there is no expression",
        "id\\texpression\\na\\n|line 2: the row has 1 cells",
        "id\\texpression\\na\\t$close\\na\\t$open\\n|line 3: the id 'a' stands on an earlier line",
        "id\\texpression\\ndatetime\\t$close\\n|line 2: the id 'datetime' already heads a column",
        "id\\texpression\\n\\t$close\\n|line 2: the id cannot head a column",
        "id\\texpression\\na\\t \\n|line 2: the expression of 'a' is empty",
      })
  void whenARowIsBad_thenFileAndLineAreNamed(String text, String message) throws IOException {
    Path file = file(text.replace("\\t", "\t").replace("\\n", "\n"));
    assertThatThrownBy(() -> ExpressionFile.read(file))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageContaining(file + ", " + message);
  }

  @Test
  void whenTheFileIsNotUtf8_thenItSaysSo() throws IOException {
    Path file = Files.write(
        folder.resolve("gbk.tsv"),
        "id\texpression\n\u00e9\t$close\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ExpressionFile.read(file)).hasMessageContaining("not UTF-8");
  }

  @Test
  void whenThereIsNoFile_thenItSaysSo() {
    assertThatThrownBy(() -> ExpressionFile.read(folder.resolve("none.tsv")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
    assertThatThrownBy(() -> ExpressionFile.read(folder)).hasMessageContaining("is a folder");
  }
}
