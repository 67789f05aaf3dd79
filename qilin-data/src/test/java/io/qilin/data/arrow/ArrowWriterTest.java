package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableFormats;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrowWriterTest {
  private static final TableSchema SYMBOLS =
      new TableSchema(List.of(new TableField("symbol", ColumnType.TEXT)));

  @TempDir
  Path folder;

  private static void assertInvalid(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  private static TableBatch symbols(String... texts) {
    return new TableBatch(SYMBOLS, List.of(TextColumn.of(Arrays.asList(texts))));
  }

  @Property(tries = 60)
  void whenAnyTableIsWritten_thenArrowAndQilinReadTheSameCells(
      @ForAll long seed, @ForAll @IntRange(max = 3) int batches) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<TableBatch> table = Stream.generate(() -> Tables.random(random, random.nextInt(40)))
        .limit(batches)
        .toList();
    for (String end : List.of(".arrow", ".arrows")) {
      Path file = Files.createTempFile("table", end);
      try {
        Tables.write(file, Tables.ALL_TYPES, table);
        ArrowRead arrow = end.equals(".arrow") ? ArrowRead.of(file) : ArrowRead.ofStream(file);
        assertThat(arrow.batches()).isEqualTo(Tables.cells(table));
        List<TableBatch> read = Tables.read(file, TableScan.ALL);
        assertThat(Tables.cells(read)).isEqualTo(Tables.cells(table));
        read.forEach(batch -> assertThat(batch.schema()).isEqualTo(Tables.ALL_TYPES));
      } finally {
        Files.delete(file);
      }
    }
  }

  @Test
  void whenWritten_thenTheTypesAreThoseOfArrow() throws IOException {
    Path file = folder.resolve("types.arrow");
    Tables.write(file, Tables.ALL_TYPES, List.of(Tables.random(new SplittableRandom(1), 500)));
    assertThat(ArrowRead.of(file).schema())
        .containsExactly(
            "close: FloatingPoint(DOUBLE)",
            "lots: Int(32, true)",
            "volume: Int(64, true)",
            "day: Date(DAY)",
            "at: Timestamp(NANOSECOND, UTC)",
            "time: Time(NANOSECOND, 64)",
            "名称: Utf8",
            "symbol: Int(32, true)[dictionary: 7]",
            "traded: Bool");
  }

  @Test
  void whenWordsAreNewInALaterBatch_thenTheDictionaryHoldsThem() throws IOException {
    List<TableBatch> table = List.of(
        symbols("600519.SH", "600519.SH", "600519.SH"),
        symbols("000001.SZ", null, "600519.SH"),
        symbols(),
        symbols("300750.SZ", "000001.SZ"));
    for (String end : List.of("a.arrow", "a.arrows")) {
      Path file = folder.resolve(end);
      Tables.write(file, SYMBOLS, table);
      ArrowRead arrow = end.equals("a.arrow") ? ArrowRead.of(file) : ArrowRead.ofStream(file);
      assertThat(arrow.schema()).containsExactly("symbol: Int(32, true)[dictionary: 0]");
      assertThat(Tables.cells(Tables.read(file, TableScan.ALL))).isEqualTo(Tables.cells(table));
      assertThat(arrow.batches()).isEqualTo(Tables.cells(table));
    }
  }

  @Test
  void whenWrittenTwice_thenTheBytesAreTheSameAndTheFrameIsThere() throws IOException {
    List<TableBatch> table = List.of(Tables.random(new SplittableRandom(2), 30));
    Tables.write(folder.resolve("d.arrow"), Tables.ALL_TYPES, table);
    Tables.write(folder.resolve("e.arrow"), Tables.ALL_TYPES, table);
    byte[] bytes = Files.readAllBytes(folder.resolve("d.arrow"));
    assertThat(bytes).isEqualTo(Files.readAllBytes(folder.resolve("e.arrow")));
    assertThat(bytes).startsWith("ARROW1\0\0".getBytes(StandardCharsets.US_ASCII));
    assertThat(bytes).endsWith("ARROW1".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whenAStreamIsWritten_thenEachBatchCanBeReadAtOnce() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TableWriter writer = ArrowStreams.create(out, SYMBOLS)) {
      writer.write(symbols("a", "b"));
      ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
      try (TableReader reader = ArrowStreams.open(in, "test", TableScan.ALL)) {
        assertThat(Tables.cells(reader.next().orElseThrow().columns().get(0)))
            .isEqualTo(List.of("a", "b"));
        assertThat(reader.next()).isEmpty();
      }
      writer.commit();
    }
    assertThat(out.toByteArray()).endsWith(-1, -1, -1, -1, 0, 0, 0, 0);
  }

  @Test
  void whenNotCommitted_thenThereIsNoFile() throws IOException {
    try (TableWriter out = new ArrowFormat().create(folder.resolve("f.arrow"), SYMBOLS)) {
      out.write(symbols("a"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.arrow", "a.ARROWS", "a.feather", "a.ipc"})
  void whenTheNameEndsSo_thenTheFormatIsFoundAndAnEmptyTableRoundTrips(String name) {
    Path file = folder.resolve(name);
    try (TableWriter out = TableFormats.discover().of(file).create(file, Tables.ALL_TYPES)) {
      out.commit();
    }
    try (TableReader in = TableFormats.discover().of(file).open(file, TableScan.ALL)) {
      assertThat(in.schema()).isEqualTo(Tables.ALL_TYPES);
      assertThat(in.next()).isEmpty();
    }
  }

  @Test
  void whenABatchIsRefused_thenNoByteOfItIsThereAndTheNextIsWritten() {
    TableSchema two = new TableSchema(
        List.of(new TableField("a", ColumnType.TEXT), new TableField("b", ColumnType.TEXT)));
    TextColumn good = TextColumn.of(List.of("x", "x", "x", "x"));
    TextColumn half = TextColumn.of(List.of("x", "x", "x", "\ud800"));
    Path file = folder.resolve("g.arrow");
    try (TableWriter out = new ArrowFormat().create(file, two)) {
      assertThatThrownBy(() -> out.write(new TableBatch(two, List.of(good, half))))
          .hasMessageContaining("column 'b', row 3")
          .hasMessageContaining("\\uD800");
      assertInvalid(() -> out.write(symbols("x")));
      out.write(new TableBatch(two, List.of(good, good)));
      out.commit();
      assertInvalid(() -> out.write(new TableBatch(two, List.of(good, good))));
      assertInvalid(out::commit);
    }
    assertThat(Tables.cells(Tables.read(file, TableScan.ALL)))
        .isEqualTo(List.of(List.of(Tables.cells(good), Tables.cells(good))));
  }

  @Test
  void whenTheStreamFails_thenNothingMoreIsWritten() {
    TableSchema schema = new TableSchema(List.of(new TableField("x", ColumnType.INT64)));
    TableBatch batch =
        new TableBatch(schema, List.of(LongColumn.of(ColumnType.INT64, new long[] {1})));
    TableWriter out = ArrowStreams.create(
        new java.io.OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        },
        schema);
    assertThatThrownBy(() -> out.write(batch))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
    assertInvalid(() -> out.write(batch));
    assertInvalid(out::commit);
    out.close();
  }

  @Test
  void whenTheFolderIsMissing_thenThatIsAnIoError() {
    assertThatThrownBy(() -> new ArrowFormat().create(folder.resolve("no/a.arrow"), SYMBOLS))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
  }

  @Test
  void whenNumbersAreNotKnown_thenTheyAreNullAndInfinitiesStay() throws IOException {
    TableSchema schema = new TableSchema(List.of(new TableField("x", ColumnType.FLOAT64)));
    double[] cells = {1, Double.NaN, Double.NEGATIVE_INFINITY, -0.0};
    Path file = folder.resolve("h.arrow");
    Tables.write(file, schema, List.of(new TableBatch(schema, List.of(DoubleColumn.of(cells)))));
    assertThat(ArrowRead.of(file).batches().get(0).get(0))
        .isEqualTo(Arrays.asList(1.0, null, Double.NEGATIVE_INFINITY, -0.0));
  }
}
