package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableFilter;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableFormats;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CsvFormatTest {
  private static final TableSchema ALL_TYPES = new TableSchema(List.of(
      new TableField("number", ColumnType.FLOAT64),
      new TableField("int", ColumnType.INT32),
      new TableField("long", ColumnType.INT64),
      new TableField("day", ColumnType.DATE),
      new TableField("moment", ColumnType.TIMESTAMP),
      new TableField("at", ColumnType.TIME),
      new TableField("text", ColumnType.TEXT),
      new TableField("flag", ColumnType.BOOLEAN)));

  @TempDir
  Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), content);
  }

  private static List<List<Object>> read(TableFormat format, Path file, TableScan scan) {
    List<List<Object>> rows = new ArrayList<>();
    try (TableReader reader = format.open(file, scan)) {
      for (Optional<TableBatch> b = reader.next(); b.isPresent(); b = reader.next()) {
        rows.addAll(rows(b.get()));
      }
    }
    return rows;
  }

  private static List<List<Object>> rows(TableBatch batch) {
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      List<Object> cells = new ArrayList<>();
      for (Column column : batch.columns()) {
        cells.add(column.isKnown(row) ? cell(column, row) : "?");
      }
      rows.add(cells);
    }
    return rows;
  }

  private static Object cell(Column column, int row) {
    if (column instanceof DoubleColumn cells) {
      return cells.value(row);
    } else if (column instanceof IntColumn cells) {
      return cells.value(row);
    } else if (column instanceof LongColumn cells) {
      return cells.value(row);
    } else if (column instanceof BooleanColumn cells) {
      return cells.value(row);
    }
    TextColumn cells = (TextColumn) column;
    return cells.value(row).orElseThrow();
  }

  private static void assertRefused(
      TableFormat format, Path file, TableScan scan, ErrorCode code, String message) {
    assertThatThrownBy(() -> read(format, file, scan))
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static TableBatch random(SplittableRandom random, int rows) {
    double[] numbers = new double[rows];
    int[] ints = new int[rows];
    long[] longs = new long[rows];
    int[] days = new int[rows];
    long[] moments = new long[rows];
    long[] times = new long[rows];
    List<String> texts = new ArrayList<>();
    boolean[] flags = new boolean[rows];
    BitSet missing = new BitSet();
    String[] words = {
      "", "600519.SH", "茅台", "=1+1", "'tis", "a\"b", "line\nend", "NaN", " x ", "a;=b"
    };
    for (int i = 0; i < rows; i++) {
      numbers[i] = Double.longBitsToDouble(random.nextLong());
      numbers[i] = random.nextInt(5) == 0 ? -0.0 : numbers[i];
      ints[i] = random.nextInt();
      longs[i] = random.nextInt(9) == 0 ? Long.MIN_VALUE : random.nextLong();
      days[i] = random.nextInt(-100_000, 100_000);
      moments[i] = random.nextLong();
      times[i] = random.nextLong(86_400_000_000_000L);
      texts.add(random.nextInt(9) == 0 ? null : words[random.nextInt(words.length)]);
      flags[i] = random.nextBoolean();
      missing.set(i, random.nextInt(9) == 0);
    }
    return new TableBatch(
        ALL_TYPES,
        List.of(
            DoubleColumn.of(numbers),
            IntColumn.of(ColumnType.INT32, ints, missing),
            LongColumn.of(ColumnType.INT64, longs, missing),
            IntColumn.of(ColumnType.DATE, days, missing),
            LongColumn.of(ColumnType.TIMESTAMP, moments, missing),
            LongColumn.of(ColumnType.TIME, times, missing),
            TextColumn.of(texts),
            BooleanColumn.of(ColumnType.BOOLEAN, flags, missing)));
  }

  @ParameterizedTest
  @CsvSource({"t.csv, 0", "t.csv, 1", "t.csv, 700", "t.csv.gz, 3000"})
  void whenWrittenAndReadWithItsSchema_thenTheSameBitsComeBack(String name, int rows) {
    Path file = folder.resolve(name);
    TableBatch batch = random(new SplittableRandom(rows), rows);
    try (TableWriter writer = new CsvFormat().create(file, ALL_TYPES)) {
      writer.write(batch);
      writer.commit();
    }
    assertThat(read(new CsvFormat().withSchema(ALL_TYPES), file, TableScan.ALL))
        .isEqualTo(rows(batch));
  }

  @Test
  void whenTypesAreFoundOut_thenTheyAreAsStated() throws IOException {
    Path file = file(
        "code,trade_date,d2,when,clock,flag,price,id,zip,text,none,mixed\n"
            + "600519,20240102,2024-01-02,2024-01-02 09:30:00,09:30:00.5,TRUE,1,9007199254740993,"
            + "01234,x,,NA\n"
            + "000001,2024/01/03,2024/01/03,2024-01-02T01:30:00Z,15:00:00,false,1.5,NaN,99999,2,,true\n");
    try (TableReader reader = TableFormats.discover().of(file).open(file, TableScan.ALL)) {
      assertThat(reader.schema().fields().stream().map(f -> f.name() + " " + f.type()))
          .containsExactly(
              "code TEXT",
              "trade_date DATE",
              "d2 DATE",
              "when TIMESTAMP",
              "clock TIME",
              "flag BOOLEAN",
              "price FLOAT64",
              "id INT64",
              "zip TEXT",
              "text TEXT",
              "none FLOAT64",
              "mixed TEXT");
    }
    long moment = LocalDate.of(2024, 1, 2).toEpochDay() * 86_400_000_000_000L + 5400_000_000_000L;
    assertThat(read(new CsvFormat(), file, TableScan.ALL).get(0))
        .isEqualTo(List.of(
            "600519",
            19_724,
            19_724,
            moment,
            34_200_500_000_000L,
            true,
            1.0,
            9007199254740993L,
            "01234",
            "x",
            "?",
            "NA"));
    assertThat(read(new CsvFormat(), file, TableScan.ALL).get(1).get(3)).isEqualTo(moment);
  }

  @Test
  void whenALaterCellDoesNotFit_thenFileLineAndColumnAreNamed() throws IOException {
    StringBuilder content = new StringBuilder("day,price\n");
    for (int i = 0; i < 10_000; i++) {
      content.append("2024-01-02,").append(i).append('\n');
    }
    Path file = file(content + "2024-01-02,x\n");
    assertRefused(
        new CsvFormat(),
        file,
        TableScan.ALL,
        ErrorCode.DATA_FORMAT,
        "t.csv, line 10002, column 'price': 'x'");
    assertThat(read(new CsvFormat(), file, TableScan.ALL.withColumns(List.of("day"))))
        .hasSize(10_001);
    Path codes = file(content + "2024-01-02,000001\n");
    assertRefused(new CsvFormat(), codes, TableScan.ALL, ErrorCode.DATA_FORMAT, "giving a schema");
    Path torn = file(content + "2024-01-02\n");
    assertRefused(new CsvFormat(), torn, TableScan.ALL, ErrorCode.DATA_FORMAT, "line 10002");
  }

  @Test
  void whenASchemaIsGiven_thenTheHeaderMustHaveItsColumns() throws IOException {
    TableSchema schema = new TableSchema(
        List.of(new TableField("b", ColumnType.INT32), new TableField("a", ColumnType.TEXT)));
    CsvFormat format = new CsvFormat().withSchema(schema);
    assertThat(read(format, file("a,b\n1,2\n"), TableScan.ALL)).isEqualTo(List.of(List.of("1", 2)));
    assertRefused(
        format,
        file("a,c\n1,2\n"),
        TableScan.ALL,
        ErrorCode.DATA_FORMAT,
        "'c' is not in the schema");
    assertRefused(
        format,
        file("a\n1\n"),
        TableScan.ALL,
        ErrorCode.DATA_FORMAT,
        "'b' of the schema given is missing");
    assertRefused(
        format, file("a,b\n1,3000000000\n"), TableScan.ALL, ErrorCode.DATA_FORMAT, "32 bits");
    assertRefused(
        format, file("a,b\n1,2.5\n"), TableScan.ALL, ErrorCode.DATA_FORMAT, "line 2, column 'b'");
  }

  @Test
  void whenFilteredAndProjected_thenOnlyThatIsGiven() throws IOException {
    Path file = file("code,day,x\nA,2024-01-02,1\nB,2024-01-03,2\nA,2024-01-04,3\nA,,4\n");
    TableScan scan = TableScan.ALL
        .withColumns(List.of("x"))
        .where(new TableFilter.Texts("code", Set.of("A")))
        .where(new TableFilter.Days("day", LocalDate.of(2024, 1, 3), LocalDate.of(2024, 2, 1)));
    assertThat(read(new CsvFormat(), file, scan)).isEqualTo(List.of(List.of(3.0)));
  }

  @Test
  void whenRowsAreMany_thenBatchesAreBounded() throws IOException {
    StringBuilder content = new StringBuilder("text\n");
    for (int i = 0; i < 70_000; i++) {
      content.append("word").append(i).append('\n');
    }
    Path file = file(content.toString());
    assertThat(sizes(file, TableScan.ALL)).containsExactly(65_536, 4464);
    TableLimits small = new TableLimits(1 << 20, 1 << 20, 10, 1 << 20, 1 << 20, 100, 100);
    assertThat(sizes(file, TableScan.ALL.withLimits(small)))
        .hasSizeGreaterThan(20)
        .allMatch(rows -> rows < 3000);
  }

  private static List<Integer> sizes(Path file, TableScan scan) {
    List<Integer> sizes = new ArrayList<>();
    try (TableReader reader = new CsvFormat().open(file, scan)) {
      for (Optional<TableBatch> b = reader.next(); b.isPresent(); b = reader.next()) {
        sizes.add(b.get().rows());
      }
    }
    return sizes;
  }

  @Test
  void whenTheFileIsHostile_thenItIsRefusedWithinItsLimits() throws IOException {
    Path sparse = folder.resolve("sparse.csv");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(10L << 30);
    }
    assertRefused(
        new CsvFormat(), sparse, TableScan.ALL, ErrorCode.LIMIT_EXCEEDED, "TableLimits.fileBytes");
    TableLimits any = new TableLimits(1L << 40, 1 << 20, 512, 1 << 16, 1 << 22, 100, 1 << 14);
    assertRefused(
        new CsvFormat(), sparse, TableScan.ALL.withLimits(any), ErrorCode.DATA_FORMAT, "NUL");
    Path bomb = folder.resolve("bomb.csv.gz");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(bomb))) {
      out.write("a,b\n".getBytes(StandardCharsets.UTF_8));
      byte[] row = "1,2\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 300; i++) {
        out.write(row);
      }
    }
    assertRefused(new CsvFormat(), bomb, TableScan.ALL, ErrorCode.LIMIT_EXCEEDED, "gzip bomb");
    assertRefused(new CsvFormat(), file(""), TableScan.ALL, ErrorCode.DATA_FORMAT, "empty");
    assertRefused(
        new CsvFormat(), file("a,a\n1,2\n"), TableScan.ALL, ErrorCode.DATA_FORMAT, "two columns");
    assertRefused(
        new CsvFormat(), file(",a\n1,2\n"), TableScan.ALL, ErrorCode.DATA_FORMAT, "no name");
    assertThat(read(new CsvFormat(), file(",a\n1,2\n"), TableScan.ALL.withColumns(List.of("a"))))
        .isEqualTo(List.of(List.of(2.0)));
    assertRefused(new CsvFormat(), folder, TableScan.ALL, ErrorCode.DATA_NOT_FOUND, "no file");
    assertRefused(
        new CsvFormat(),
        folder.resolve("none.csv"),
        TableScan.ALL,
        ErrorCode.DATA_NOT_FOUND,
        "no such");
  }

  @Test
  void whenAMillionTextsDiffer_thenTheyAreStreamed() throws IOException {
    Path file = folder.resolve("many.csv");
    try (var out = Files.newBufferedWriter(file)) {
      out.write("text,n\n");
      for (int i = 0; i < 1_000_000; i++) {
        out.write("w");
        out.write(Integer.toString(i));
        out.write(",1\n");
      }
    }
    assertThat(sizes(file, TableScan.ALL).stream().mapToInt(i -> i).sum()).isEqualTo(1_000_000);
  }

  @Test
  void whenTextsAreNaughty_thenTheyComeBack() {
    List<String> texts =
        SharedFiles.lines(SharedFiles.corpus("naughty-strings").resolve("cases.jsonl")).stream()
            .filter(line -> !line.isBlank())
            .map(line -> JsonMapper.shared().readTree(line).get("s").asString())
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
            .filter(text -> text.indexOf('\0') < 0)
            .toList();
    TableSchema schema = new TableSchema(
        List.of(new TableField("t", ColumnType.TEXT), new TableField("n", ColumnType.FLOAT64)));
    Path file = folder.resolve("t.csv");
    try (TableWriter writer = new CsvFormat().create(file, schema)) {
      writer.write(new TableBatch(
          schema, List.of(TextColumn.of(texts), DoubleColumn.of(new double[texts.size()]))));
      writer.commit();
    }
    assertThat(read(new CsvFormat().withSchema(schema), file, TableScan.ALL).stream()
            .map(row -> row.get(0)))
        .containsExactlyElementsOf(texts);
  }

  @Test
  void whenAWriterIsClosed_thenNothingMoreIsTaken() {
    TableSchema schema = new TableSchema(List.of(new TableField("n", ColumnType.FLOAT64)));
    TableWriter writer = new CsvFormat().create(folder.resolve("closed.csv"), schema);
    writer.close();
    TableBatch batch = new TableBatch(schema, List.of(DoubleColumn.of(new double[] {1})));
    assertThatThrownBy(() -> writer.write(batch))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("the table is ended");
    assertThat(folder.resolve("closed.csv")).doesNotExist();
  }

  @Test
  void whenTheTextIsChinese_thenItsCharsetIsDeclared() throws IOException {
    Charset charset = Charset.forName("GB18030");
    Path file = Files.write(folder.resolve("gb.csv"), "名称,价\n茅台,1\n".getBytes(charset));
    assertThat(read(new CsvFormat().withCharset(charset), file, TableScan.ALL))
        .isEqualTo(List.of(Arrays.asList("茅台", 1.0)));
    assertRefused(new CsvFormat(), file, TableScan.ALL, ErrorCode.DATA_FORMAT, "GB18030");
  }

  @Test
  void whenCsvCannotHoldACell_thenItIsRefusedAndNoFileIsLeft() throws IOException {
    TableSchema schema = new TableSchema(List.of(new TableField("t", ColumnType.TEXT)));
    Path file = folder.resolve("one.csv");
    try (TableWriter writer = new CsvFormat().create(file, schema)) {
      assertThatThrownBy(
              () -> writer.write(new TableBatch(schema, List.of(TextColumn.of(List.of(""))))))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }
    assertThat(file).doesNotExist();
  }
}
