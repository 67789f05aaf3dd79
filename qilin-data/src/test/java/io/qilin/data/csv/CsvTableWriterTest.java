package io.qilin.data.csv;

import static io.qilin.data.csv.CsvFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.testkit.Panels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableWriterTest {
  private static final LocalDate DAY = LocalDate.of(2025, 1, 15);

  @TempDir
  Path folder;

  @Test
  void whenWritten_thenOneFormForAll() throws IOException {
    Path file = folder.resolve("t.csv");
    try (CsvTableWriter out =
        CsvTableWriter.open(file, List.of("datetime", "instrument", "a", "b", "c", "d", "name"))) {
      out.day(DAY).instrument(Symbol.parse("600519.SH")).number(1.5).number(Double.NaN);
      out.number(Double.NEGATIVE_INFINITY).flag(true).text("贵州,茅台").endRow();
      out.day(DAY).instrument(Symbol.other("E01")).number(1e-12).number(-2);
      out.integer(-3).empty().text("=1+\"1\"").endRow();
      assertThat(file).doesNotExist();
      out.commit();
    }
    assertThat(Files.readString(file))
        .isEqualTo("datetime,instrument,a,b,c,d,name\n"
            + "2025-01-15,SH600519,1.5,,-inf,1,\"贵州,茅台\"\n"
            + "2025-01-15,E01,1e-12,-2,-3,,\"'=1+\"\"1\"\"\"\n");
    assertThat(CsvTextTable.read(file).rows().get(1).get(6)).isEqualTo("=1+\"1\"");
  }

  @Test
  void whenCompressed_thenTheSameBytesEachTime() throws IOException {
    Panel panel = Panels.closes(1, 2, 3);
    CsvBarWriter.write(folder.resolve("a.csv.gz"), panel);
    CsvBarWriter.write(folder.resolve("b.csv.gz"), panel);
    byte[] bytes = Files.readAllBytes(folder.resolve("a.csv.gz"));
    assertThat(bytes).startsWith(0x1f, 0x8b);
    assertThat(List.of(bytes[4], bytes[5], bytes[6], bytes[7])).containsOnly((byte) 0);
    assertThat(bytes).isEqualTo(Files.readAllBytes(folder.resolve("b.csv.gz")));
  }

  @Test
  void whenNotCommitted_thenTheOldFileStaysAndNothingElse() throws IOException {
    Path file = CsvFiles.write(folder, "t.csv", "old");
    try (CsvTableWriter out = CsvTableWriter.open(file, List.of("a"))) {
      out.number(1).endRow();
    }
    assertThat(Files.readString(file)).isEqualTo("old");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
    try (CsvTableWriter out = CsvTableWriter.open(file, List.of("a"))) {
      out.number(1).endRow().commit();
    }
    assertThat(Files.readString(file)).isEqualTo("a\n1\n");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void whenMisused_thenRefused() {
    assertRefused(
        () -> CsvTableWriter.open(folder.resolve("none/t.csv"), List.of("a")),
        ErrorCode.IO,
        "t.csv",
        "folder");
    assertRefused(() -> CsvTableWriter.open(folder, List.of("a")), ErrorCode.IO, "folder");
    assertRefused(
        () -> CsvTableWriter.open(folder.resolve("t.csv"), List.of()), ErrorCode.INVALID_ARGUMENT);
    try (CsvTableWriter out = CsvTableWriter.open(folder.resolve("t.csv"), List.of("a", "b"))) {
      out.number(1);
      assertRefused(out::endRow, ErrorCode.INVALID_ARGUMENT, "1 cells", "2");
      assertRefused(out::commit, ErrorCode.INVALID_ARGUMENT);
      assertRefused(() -> out.text("a\0b"), ErrorCode.INVALID_ARGUMENT, "NUL");
      assertRefused(() -> out.text("\ud800"), ErrorCode.INVALID_ARGUMENT);
      out.number(2).endRow().commit();
      assertRefused(() -> out.number(1), ErrorCode.INVALID_ARGUMENT);
    }
    assertThat(folder.resolve("t.csv")).exists();
  }

  @Test
  void whenWrittenToAStream_thenItIsNotClosed() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream() {
      @Override
      public void close() {
        throw new AssertionError("closed");
      }
    };
    try (CsvTableWriter out = CsvTableWriter.on(stream, List.of("a"))) {
      out.number(Double.NaN).endRow().text("").endRow().commit();
    }
    assertThat(stream.toString(StandardCharsets.UTF_8)).isEqualTo("a\n\"\"\n\"\"\n");
  }

  @Property(tries = 300)
  void whenAnyTextsAreWritten_thenTheyComeBack(@ForAll("texts") List<String> texts)
      throws IOException {
    Path file = Files.createTempFile("qilin", ".csv");
    try (CsvTableWriter out = CsvTableWriter.open(file, List.of("text", "n"))) {
      texts.forEach(text -> out.text(text).number(-1.5).endRow());
      out.commit();
    }
    CsvTextTable table = CsvTextTable.read(file);
    assertThat(table.rows().stream().map(row -> row.get(0)).toList()).isEqualTo(texts);
    Files.delete(file);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> text = Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.strings().withChars("='+-@,; \t\r\n\"茅台%").ofMaxLength(12));
    return text.filter(
            t -> t.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(t))
        .list()
        .ofMaxSize(5);
  }

  @Property(tries = 300)
  void whenAPanelIsWrittenAndRead_thenTheSameBits(@ForAll("panels") Panel panel)
      throws IOException {
    for (String ending : List.of(".csv", ".csv.gz")) {
      Path file = Files.createTempFile("qilin", ending);
      CsvBarWriter.write(file, panel);
      Panel back = CsvBarReader.builder(file)
          .generic()
          .adjustment(panel.adjustment())
          .build()
          .read(BarQuery.ALL)
          .panel();
      assertThat(Panels.difference(panel, back)).isEmpty();
      Files.delete(file);
    }
  }

  /** Two instruments whose spans cover all days, any doubles. */
  @Provide
  Arbitrary<Panel> panels() {
    Arbitrary<Double> any = Arbitraries.oneOf(
        Arbitraries.longs().map(Double::longBitsToDouble).map(d -> Double.isNaN(d) ? 0 / 0.0 : d),
        Arbitraries.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1e-12, 10.01));
    return any.list().ofSize(16).map(v -> {
      Panel.Builder builder = Panel.builder(Panels.weekdays(DAY, 4), Adjustment.BACKWARD);
      int at = 0;
      for (Symbol symbol : List.of(Symbol.parse("600519.SH"), Symbol.other("x-1"))) {
        int from = symbol.code().equals("x-1") ? 1 : 0;
        for (Field field : List.of(Field.CLOSE, Field.of("自有"))) {
          double[] values = new double[4 - from];
          for (int i = 0; i < values.length; i++) {
            values[i] = v.get(at++);
          }
          builder.column(symbol, field, from, values);
        }
      }
      return builder.build();
    });
  }
}
