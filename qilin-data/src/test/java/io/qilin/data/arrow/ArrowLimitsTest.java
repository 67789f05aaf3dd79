package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableFilter;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArrowLimitsTest {
  private static final TableLimits MOST = TableLimits.DEFAULT;

  @TempDir
  Path folder;

  private static AbstractThrowableAssert<?, ? extends Throwable> assertCode(
      ErrorCode code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private Path table(String name) {
    Path file = folder.resolve(name);
    Tables.write(file, Tables.ALL_TYPES, List.of(Tables.random(new SplittableRandom(3), 100)));
    return file;
  }

  private static TableScan within(TableLimits limits) {
    return TableScan.ALL.withLimits(limits);
  }

  @Test
  void whenALimitIsPassed_thenTheTableIsRefused() {
    for (String name : List.of("a.arrow", "a.arrows")) {
      Path file = table(name);
      for (TableLimits limits : List.of(
          new TableLimits(1000, 1 << 24, 4096, 1000, 1 << 20, 100, 1000),
          new TableLimits(1 << 20, 300, 4096, 1000, 1 << 20, 100, 1000),
          new TableLimits(1 << 20, 1 << 24, 8, 1000, 1 << 20, 100, 1000),
          new TableLimits(1 << 20, 1 << 24, 4096, 99, 1 << 20, 100, 1000),
          new TableLimits(1 << 20, 1 << 24, 4096, 1000, 8000, 100, 1000),
          new TableLimits(1 << 20, 1 << 24, 4096, 1000, 1 << 20, 100, 12))) {
        assertCode(ErrorCode.LIMIT_EXCEEDED, () -> Tables.read(file, within(limits)))
            .hasMessageContaining(name);
      }
      TableLimits enough = new TableLimits(1 << 20, 1 << 24, 9, 100, 1 << 16, 1, 100);
      assertThat(Tables.read(file, within(enough))).hasSize(1);
    }
  }

  @Test
  void whenAFileIsOf10Gigabytes_thenItIsRefusedBeforeItIsRead() throws IOException {
    Path file = folder.resolve("sparse.arrow");
    Files.write(file, new byte[0]);
    try (SeekableByteChannel out =
        Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      out.write(ByteBuffer.wrap("ARROW1\0\0".getBytes(StandardCharsets.US_ASCII)));
      out.position(10L << 30);
      out.write(ByteBuffer.wrap("ARROW1".getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      Assumptions.abort("skipped: the file system takes no sparse file of 10 GB: " + e);
    }
    assertCode(ErrorCode.LIMIT_EXCEEDED, () -> Tables.read(file, TableScan.ALL))
        .hasMessageContaining("TableLimits.fileBytes");
    TableLimits trusted =
        new TableLimits(1L << 40, MOST.metadataBytes(), 4096, 1000, 1 << 20, 100, 1000);
    assertCode(ErrorCode.DATA_FORMAT, () -> Tables.read(file, within(trusted)));
  }

  @Test
  void whenAStreamNeverEnds_thenItIsRefusedAtItsLimit() {
    InputStream zeros = new InputStream() {
      private int at;

      @Override
      public int read() {
        return at++ < 4 ? 255 : 16;
      }

      @Override
      public int read(byte[] into, int from, int size) {
        for (int i = 0; i < size; i++) {
          into[from + i] = (byte) read();
        }
        return size;
      }
    };
    assertCode(ErrorCode.LIMIT_EXCEEDED, () -> ArrowStreams.open(zeros, "endless", TableScan.ALL));
  }

  @Test
  void whenAStreamOnlySaysThatMuchWillCome_thenNoMemoryIsTakenForIt() {
    byte[] start = {-1, -1, -1, -1, 0, 0, (byte) 128, 0, 1, 2, 3};
    assertCode(
            ErrorCode.DATA_FORMAT,
            () ->
                ArrowStreams.open(new java.io.ByteArrayInputStream(start), "short", TableScan.ALL))
        .hasMessageContaining("ends too early");
  }

  @Test
  void whenEqualCellsShrinkFurtherThanTheRatio_thenTheRatioDecides() throws IOException {
    Path file = folder.resolve("zeros.arrow");
    Files.write(file, ArrowPeer.writeZeros(1_000_000));
    TableLimits strict = new TableLimits(1 << 24, 1 << 20, 8, 1 << 20, 1 << 25, 10, 1000);
    assertCode(ErrorCode.LIMIT_EXCEEDED, () -> Tables.read(file, within(strict)))
        .hasMessageContaining("compressionRatio");
    TableLimits loose = new TableLimits(1 << 24, 1 << 20, 8, 1 << 20, 1 << 25, 300, 1000);
    assertThat(Tables.read(file, within(loose)).get(0).rows()).isEqualTo(1_000_000);
    TableLimits small = new TableLimits(1 << 24, 1 << 20, 8, 1 << 20, 1 << 22, 300, 1000);
    assertCode(ErrorCode.LIMIT_EXCEEDED, () -> Tables.read(file, within(small)))
        .hasMessageContaining("batchBytes");
  }

  @Test
  void whenAFileIsCutShort_thenEveryCutIsRefused() throws IOException {
    for (String name : List.of("cut.arrow", "cut.arrows")) {
      byte[] whole = Files.readAllBytes(table(name));
      Path file = folder.resolve("short");
      for (int length = 0; length < whole.length - 8; length += 61) {
        Files.write(file, java.util.Arrays.copyOf(whole, length));
        try (TableReader reader = new ArrowFormat().open(file, TableScan.ALL)) {
          // The schema of a stream may be whole: a stream that ends there is an empty table.
          assertThat(name).isEqualTo("cut.arrows");
          assertRefusedOrEmpty(reader);
        } catch (QilinException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT);
          assertThat(e).hasMessageContaining("short");
        }
      }
    }
  }

  private static void assertRefusedOrEmpty(TableReader reader) {
    try {
      reader.next().ifPresent(batch -> assertThat(batch.rows()).isEqualTo(100));
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT);
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void whenNamesAndTextsAreNaughty_thenTheySurviveARoundTrip() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String line : SharedFiles.lines(SharedFiles.corpus("naughty-strings/cases.jsonl"))) {
      JsonNode entry = JsonMapper.shared().readTree(line);
      texts.add(entry.get("s").asString());
    }
    texts.removeIf(text -> !StandardCharsets.UTF_8.newEncoder().canEncode(text));
    assertThat(texts).hasSizeGreaterThan(200);
    TextColumn column = TextColumn.of(texts);
    List<String> names =
        texts.stream().filter(text -> !text.isEmpty()).distinct().toList();
    TableSchema schema = new TableSchema(
        names.stream().map(name -> new TableField(name, ColumnType.TEXT)).toList());
    TableBatch batch = new TableBatch(schema, Collections.nCopies(names.size(), column));
    for (String end : List.of("n.arrow", "n.arrows")) {
      Path file = folder.resolve(end);
      Tables.write(file, schema, List.of(batch));
      List<TableBatch> read = Tables.read(file, TableScan.ALL);
      assertThat(read.get(0).schema()).isEqualTo(schema);
      assertThat(Tables.cells(read)).isEqualTo(Tables.cells(List.of(batch)));
      String name = names.get(names.size() / 2);
      assertThat(Tables.read(file, TableScan.ALL.withColumns(List.of(name)))
              .get(0)
              .schema()
              .names())
          .containsExactly(name);
    }
  }

  @Test
  void whenAColumnHasManyTexts_thenTheMemoryOfABatchLimitsThem() {
    TableSchema schema = new TableSchema(List.of(new TableField("id", ColumnType.TEXT)));
    List<String> texts = IntStream.range(0, 100_000).mapToObj(i -> "id-" + i).toList();
    Path file = folder.resolve("many.arrow");
    Tables.write(file, schema, List.of(new TableBatch(schema, List.of(TextColumn.of(texts)))));
    assertThat(Tables.cells(Tables.read(file, TableScan.ALL).get(0).column("id")))
        .isEqualTo(texts);
    TableLimits limits = new TableLimits(1 << 24, 1 << 20, 8, 1 << 20, 1 << 22, 100, 1000);
    assertCode(ErrorCode.LIMIT_EXCEEDED, () -> Tables.read(file, within(limits)))
        .hasMessageContaining("column 'id'");
  }

  @Test
  void whenTheFileIsNoArrowFile_thenTheMessageSaysWhatItIs() throws IOException {
    Path file = folder.resolve("x.arrow");
    assertCode(ErrorCode.DATA_NOT_FOUND, () -> Tables.read(file, TableScan.ALL));
    assertCode(ErrorCode.DATA_NOT_FOUND, () -> Tables.read(folder, TableScan.ALL));
    Files.writeString(file, "");
    assertCode(ErrorCode.DATA_FORMAT, () -> Tables.read(file, TableScan.ALL))
        .hasMessageContaining("empty");
    Files.writeString(file, "PAR1 and more");
    assertCode(ErrorCode.DATA_FORMAT, () -> Tables.read(file, TableScan.ALL))
        .hasMessageContaining("Parquet");
    Files.writeString(file, "FEA1 and more");
    assertCode(ErrorCode.UNSUPPORTED, () -> Tables.read(file, TableScan.ALL))
        .hasMessageContaining("version 1");
    Files.writeString(file, "day,open,close\n");
    assertThatThrownBy(() -> Tables.read(file, TableScan.ALL)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheScanDoesNotFit_thenItIsRefusedAtOnce() {
    Path file = table("scan.arrow");
    assertCode(
            ErrorCode.DATA_NOT_FOUND,
            () -> Tables.read(file, TableScan.ALL.withColumns(List.of("clos"))))
        .hasMessageContaining("'close'");
    TableFilter days = new TableFilter.Days("close", LocalDate.EPOCH, LocalDate.EPOCH);
    assertCode(ErrorCode.INVALID_ARGUMENT, () -> Tables.read(file, TableScan.ALL.where(days)));
  }

  @Test
  void whenOnlyOneColumnIsWanted_thenTheOthersMayBeLargerThanTheMemory() {
    List<TableField> fields = IntStream.range(0, 20)
        .mapToObj(i -> new TableField("c" + i, ColumnType.FLOAT64))
        .toList();
    DoubleColumn column = DoubleColumn.of(new double[10_000]);
    TableSchema schema = new TableSchema(fields);
    Path file = folder.resolve("wide.arrow");
    Tables.write(file, schema, List.of(new TableBatch(schema, Collections.nCopies(20, column))));
    TableLimits limits = new TableLimits(1 << 24, 1 << 20, 20, 1 << 20, 200_000, 100, 10);
    assertCode(ErrorCode.LIMIT_EXCEEDED, () -> Tables.read(file, within(limits)));
    TableScan one = within(limits).withColumns(List.of("c19"));
    assertThat(Tables.read(file, one).get(0).rows()).isEqualTo(10_000);
  }
}
