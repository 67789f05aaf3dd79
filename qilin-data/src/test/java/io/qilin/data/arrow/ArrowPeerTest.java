package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableFilter;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that Arrow Java writes. */
class ArrowPeerTest {
  private static final String LONG_TEXT = "贵州茅台 😀".repeat(40);

  private static final long EIGHT_HOURS = 8 * 3_600_000_000_000L;

  @TempDir
  Path folder;

  private List<TableBatch> read(boolean file, byte[] bytes, TableScan scan) throws IOException {
    if (file) {
      Path path = folder.resolve("peer.arrow");
      Files.write(path, bytes);
      return Tables.read(path, scan);
    }
    try (TableReader reader = ArrowStreams.open(new ByteArrayInputStream(bytes), "peer", scan)) {
      return Tables.rest(reader);
    }
  }

  private static void assertCells(TableBatch batch, String column, Object one, Object most) {
    assertThat(Tables.cells(batch.column(column)))
        .as(column)
        .isEqualTo(Arrays.asList(one, null, most));
  }

  @ParameterizedTest
  @CsvSource({"true, NO_COMPRESSION", "false, NO_COMPRESSION", "true, LZ4_FRAME", "false, LZ4_FRAME"
  })
  void whenArrowWritesAllFlatTypes_thenTheCellsAreRead(boolean file, CodecType codec)
      throws IOException {
    List<TableBatch> read = read(file, ArrowPeer.write(file, codec, false), TableScan.ALL);
    assertThat(read).hasSize(2);
    assertThat(read.get(0).rows()).isEqualTo(3);
    for (TableBatch batch : read) {
      assertCells(batch, "int8", 1, -128);
      assertCells(batch, "uint8", 1, 255);
      assertCells(batch, "int16", 1, -32768);
      assertCells(batch, "uint16", 1, 65535);
      assertCells(batch, "int32", 1, Integer.MIN_VALUE);
      assertCells(batch, "uint32", 1L, 4_294_967_295L);
      assertCells(batch, "int64", 1L, Long.MIN_VALUE);
      assertCells(batch, "uint64", 1L, Long.MAX_VALUE);
      assertCells(batch, "float16", 1.0, -65504.0);
      assertCells(batch, "float32", 1.0, (double) Float.MAX_VALUE);
      assertCells(batch, "float64", 1.0, Double.MAX_VALUE);
      assertCells(batch, "bool", true, false);
      assertCells(batch, "utf8", "1", LONG_TEXT);
      assertCells(batch, "large_utf8", "1", LONG_TEXT);
      for (String column : List.of("utf8_view", "binary_view", "binary", "large_binary")) {
        assertCells(batch, column, "1", LONG_TEXT);
      }
      assertCells(batch, "decimal", 1.0, -99_999_999.99);
      assertCells(batch, "decimal128", 1.0, ArrowPeer.WIDE.doubleValue());
      assertCells(batch, "decimal256", 1.0, ArrowPeer.WIDEST.doubleValue());
      assertCells(batch, "null", null, null);
      assertCells(batch, "days", 1, Integer.MAX_VALUE);
      assertCells(batch, "date_millis", 1, Integer.MIN_VALUE);
      assertCells(batch, "time_s", 1_000_000_000L, 86_399_000_000_000L);
      assertCells(batch, "time_ms", 1_000_000L, 86_399_999_000_000L);
      assertCells(batch, "time_us", 1_000L, 86_399_999_999_000L);
      assertCells(batch, "time_ns", 1L, 86_399_999_999_999L);
      // Without a zone: what a clock in Shanghai showed.
      assertCells(
          batch, "at_s", 1_000_000_000L - EIGHT_HOURS, 9_223_372_036_000_000_000L - EIGHT_HOURS);
      assertCells(batch, "at_ms", 1_000_000L, -9_223_372_036_854_000_000L);
      assertCells(batch, "at_us", 1_000L - EIGHT_HOURS, Long.MAX_VALUE / 1000 * 1000 - EIGHT_HOURS);
      assertCells(batch, "at_ns", 1L, Long.MIN_VALUE);
      for (String index :
          List.of("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")) {
        assertCells(batch, "by_" + index, "1", LONG_TEXT);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whenAColumnIsOfATypeThatIsNotRead_thenItIsNamedAndTheOthersAreRead(boolean file)
      throws IOException {
    byte[] bytes = ArrowPeer.write(file, CodecType.NO_COMPRESSION, true);
    for (String column : List.of("fixed", "list")) {
      TableScan scan = TableScan.ALL.withColumns(List.of("last", column));
      assertThatThrownBy(() -> read(file, bytes, scan))
          .hasMessageContaining("column '" + column + "'")
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }
    assertThat(read(file, bytes, TableScan.ALL.readable()).get(0).schema().names())
        .contains("last")
        .contains("utf8_view")
        // Bytes may be texts or not, so that they are read where they are named.
        .doesNotContain("fixed", "list", "binary", "binary_view");
    List<TableBatch> read = read(file, bytes, TableScan.ALL.withColumns(List.of("last", "int8")));
    assertThat(read.get(0).schema().names()).containsExactly("int8", "last");
    assertCells(read.get(1), "last", 1, 2);
  }

  @Test
  void whenBuffersAreCompressedWithZstd_thenTheMessageSaysWhatToDo() throws IOException {
    byte[] bytes = ArrowPeer.write(true, CodecType.ZSTD, false);
    assertThatThrownBy(() -> read(true, bytes, TableScan.ALL))
        .hasMessageContaining("ZSTD")
        .hasMessageContaining("qilin-parquet")
        .hasMessageContaining("compression='lz4'")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void whenThereAreFilters_thenExactlyTheirRowsAndColumnsAreRead() throws IOException {
    byte[] bytes = ArrowPeer.write(true, CodecType.LZ4_FRAME, true);
    TableScan scan = TableScan.ALL
        .withColumns(List.of("int64", "utf8"))
        .where(new TableFilter.Texts("by_uint8", Set.of("1")))
        .where(new TableFilter.Days("at_s", LocalDate.EPOCH, LocalDate.EPOCH));
    for (TableBatch batch : read(true, bytes, scan)) {
      assertThat(batch.schema().names()).containsExactly("int64", "utf8");
      assertThat(Tables.cells(batch.column("int64"))).isEqualTo(List.of(1L));
    }
  }
}
