package io.qilin.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.ShanghaiClock;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableFilter;
import io.qilin.data.table.TableFormats;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ParquetRoundTripTest {
  @TempDir
  Path folder;

  private static QilinException refusal(Runnable action) {
    try {
      action.run();
    } catch (QilinException e) {
      return e;
    }
    throw new AssertionError("nothing was refused");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 9, 63, 100, 1000, 16_384, 16_385})
  void whenWritten_thenTheSameBitsComeBack(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    List<TableBatch> batches =
        List.of(Tables.random(random, rows), Tables.random(random, 0), Tables.random(random, 3));
    Path file = folder.resolve("t.parquet");
    Tables.write(file, Tables.ALL_TYPES, batches);
    List<List<Object>> expected = new ArrayList<>();
    batches.forEach(batch -> expected.addAll(Tables.rows(batch)));
    assertThat(Tables.read(file, TableScan.ALL)).isEqualTo(expected);
  }

  @Test
  void whenWrittenInOtherBatches_thenTheBytesAreTheSame() throws IOException {
    TableBatch whole = Tables.random(new SplittableRandom(1), 1000);
    int[] head = new int[300];
    int[] rest = new int[700];
    for (int i = 0; i < 1000; i++) {
      if (i < 300) {
        head[i] = i;
      } else {
        rest[i - 300] = i;
      }
    }
    Path one = folder.resolve("one.parquet");
    Path two = folder.resolve("two.parquet");
    Tables.write(one, Tables.ALL_TYPES, List.of(whole));
    Tables.write(two, Tables.ALL_TYPES, List.of(whole.select(head), whole.select(rest)));
    assertThat(two).hasSameBinaryContentAs(one);
  }

  @Test
  void whenThereAreManyRows_thenTheyComeInGroupsOfBoundedSize() {
    int rows = 300_000;
    int[] cells = new int[rows];
    for (int i = 0; i < rows; i++) {
      cells[i] = i / 100;
    }
    TableSchema schema = new TableSchema(List.of(new TableField("day", ColumnType.DATE)));
    Path file = folder.resolve("t.pq");
    Tables.write(
        file,
        schema,
        List.of(new TableBatch(schema, List.of(IntColumn.of(ColumnType.DATE, cells)))));
    List<Integer> sizes = new ArrayList<>();
    int at = 0;
    try (TableReader reader = TableFormats.discover().of(file).open(file, TableScan.ALL)) {
      for (var batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        sizes.add(batch.get().rows());
        IntColumn column = (IntColumn) batch.get().column("day");
        for (int i = 0; i < column.rows(); i++) {
          assertThat(column.value(i)).isEqualTo(cells[at++]);
        }
      }
    }
    assertThat(sizes).containsExactly(131_072, 131_072, 37_856);
  }

  @Test
  void whenTextsAreManyAndDifferent_thenTheyAreReadWithoutADictionary() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      texts.add("word " + i);
    }
    TableSchema schema = new TableSchema(List.of(new TableField("t", ColumnType.TEXT)));
    Path file = folder.resolve("t.parquet");
    Tables.write(file, schema, List.of(new TableBatch(schema, List.of(TextColumn.of(texts)))));
    try (TableReader reader = new ParquetFormat().open(file, TableScan.ALL)) {
      TextColumn column = (TextColumn) reader.next().orElseThrow().column("t");
      for (int i = 0; i < texts.size(); i++) {
        assertThat(column.value(i).orElseThrow()).isEqualTo(texts.get(i));
      }
    }
  }

  @Test
  void whenAGroupCannotHoldAWantedRow_thenItIsNotRead() throws IOException {
    TableSchema schema = new TableSchema(List.of(
        new TableField("day", ColumnType.DATE),
        new TableField("moment", ColumnType.TIMESTAMP),
        new TableField("name", ColumnType.TEXT)));
    int rows = 131_072 + 10;
    int[] days = new int[rows];
    long[] moments = new long[rows];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      days[i] = i < 131_072 ? 10_000 : 20_000;
      moments[i] = days[i] * ShanghaiClock.DAY;
      names.add(i < 131_072 ? "A" : i % 2 == 0 ? "B" : "C");
    }
    Path file = folder.resolve("t.parquet");
    Tables.write(
        file,
        schema,
        List.of(new TableBatch(
            schema,
            List.of(
                IntColumn.of(ColumnType.DATE, days),
                LongColumn.of(ColumnType.TIMESTAMP, moments),
                TextColumn.of(names)))));
    byte[] bytes = Files.readAllBytes(file);
    bytes[40] ^= 1;
    Files.write(file, bytes);
    assertThat(refusal(() -> Tables.read(file, TableScan.ALL)))
        .hasMessageContaining("t.parquet, row group 1, column 'day'")
        .extracting(QilinException::code)
        .isEqualTo(ErrorCode.DATA_FORMAT);

    LocalDate day = LocalDate.ofEpochDay(20_000);
    assertThat(Tables.read(file, TableScan.ALL.where(new TableFilter.Days("day", day, day))))
        .hasSize(10);
    assertThat(Tables.read(
            file,
            TableScan.ALL
                .withColumns(List.of("name"))
                .where(new TableFilter.Days("moment", day, day))))
        .hasSize(10)
        .contains(List.of("B"));
    assertThat(
            Tables.read(file, TableScan.ALL.where(new TableFilter.Texts("name", Set.of("C", "D")))))
        .hasSize(5);
  }

  @Test
  void whenTextsAreNaughty_thenTheyComeBack() {
    List<String> texts =
        SharedFiles.lines(SharedFiles.corpus("naughty-strings").resolve("cases.jsonl")).stream()
            .filter(line -> !line.isBlank())
            .map(line -> JsonMapper.shared().readTree(line).get("s").asString())
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
            .toList();
    TableSchema schema = new TableSchema(List.of(new TableField("t", ColumnType.TEXT)));
    Path file = folder.resolve("t.parquet");
    Tables.write(file, schema, List.of(new TableBatch(schema, List.of(TextColumn.of(texts)))));
    assertThat(Tables.read(file, TableScan.ALL).stream().map(row -> row.get(0)).toList())
        .isEqualTo(texts);
    assertThat(texts).hasSizeGreaterThan(200);
  }

  @Test
  void whenNotCommitted_thenNoFileIsLeft() throws IOException {
    Path file = folder.resolve("t.parquet");
    try (TableWriter writer = new ParquetFormat().create(file, Tables.ALL_TYPES)) {
      writer.write(Tables.random(new SplittableRandom(1), 10));
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whenUsedWrongly_thenItSaysHow() {
    Path file = folder.resolve("t.parquet");
    TableWriter writer = new ParquetFormat().create(file, Tables.ALL_TYPES);
    writer.commit();
    assertThatThrownBy(writer::commit).hasMessageContaining("ended once");
    assertThatThrownBy(() -> writer.write(Tables.random(new SplittableRandom(1), 1)))
        .hasMessageContaining("ended");
    writer.close();
    assertThat(refusal(() -> Tables.read(file, TableScan.ALL.withColumns(List.of("numbr"))))
            .code())
        .isEqualTo(ErrorCode.DATA_NOT_FOUND);
    assertThat(refusal(() -> Tables.read(folder.resolve("none.parquet"), TableScan.ALL))
            .code())
        .isEqualTo(ErrorCode.DATA_NOT_FOUND);
    assertThat(refusal(() -> Tables.read(folder, TableScan.ALL)).code())
        .isEqualTo(ErrorCode.DATA_NOT_FOUND);
    LocalDate day = LocalDate.of(2024, 1, 2);
    assertThat(refusal(() ->
                Tables.read(file, TableScan.ALL.where(new TableFilter.Days("number", day, day))))
            .code())
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }
}
