package io.qilin.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.arrow.ArrowFormat;
import io.qilin.data.table.Column;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableFormats;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow and Polars wrote; Arrow files with ZSTD among them, which need the decoder of this artifact. */
class PeerFilesTest {
  @TempDir
  Path folder;

  private static List<Object> column(Path file, String name) {
    List<Object> cells = new ArrayList<>();
    TableScan scan = TableScan.ALL.withColumns(List.of(name));
    try (TableReader reader = TableFormats.discover().of(file).open(file, scan)) {
      for (var batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        Column column = batch.get().column(name);
        for (int row = 0; row < column.rows(); row++) {
          cells.add(column.isKnown(row) ? Tables.cell(column, row) : "?");
        }
      }
    }
    return cells;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"polars.parquet", "polars-zstd.arrow", "pyarrow.parquet", "pyarrow-delta.parquet"})
  void whenOthersHaveWritten_thenTheirCellsAreRead(String name) throws IOException {
    Path file = Files.write(folder.resolve(name), ZstdMutants.resource(name));
    List<Object> texts = new ArrayList<>();
    List<Object> numbers = new ArrayList<>();
    List<Object> decimals = new ArrayList<>();
    List<Object> halves = new ArrayList<>();
    List<Object> days = new ArrayList<>();
    List<Object> moments = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      texts.add(i % 2 == 0 ? "贵州茅台酒股份有限公司" : "SH600519");
      numbers.add(i % 7 == 0 ? "?" : (Object) (i / 4.0));
      halves.add(i / 4.0);
      decimals.add(i % 5 == 0 ? "?" : (Object) (i / 100.0));
      days.add((int) LocalDate.of(2024, 1, 1).plusDays(i).toEpochDay());
      moments.add((1_704_159_000L + i) * 1_000_000_000L);
    }
    assertThat(column(file, "sym")).isEqualTo(texts);
    assertThat(column(file, "f")).isEqualTo(numbers);
    assertThat(column(file, "dec")).isEqualTo(decimals);
    assertThat(column(file, "day")).isEqualTo(days);
    assertThat(column(file, "at")).isEqualTo(moments);
    if (name.startsWith("pyarrow")) {
      assertThat(column(file, "dec256")).isEqualTo(decimals);
      assertThat(column(file, "half")).isEqualTo(halves);
    }
  }

  @Test
  void whenZstdBuffersAreDamaged_thenATypedErrorOrCells() throws IOException {
    ZstdMutants mutants = new ZstdMutants(folder);
    for (int i = 0; i < 1_000; i++) {
      mutants.run(i);
    }
    assertThat(mutants.read()).isBetween(5, 500);
  }

  @Test
  void whenAFrameOfZstdIsCutOrForged_thenItSaysSo() throws IOException {
    ZstdBufferDecoder decoder = new ZstdBufferDecoder();
    byte[] magic = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    for (int length = 0; length < 12; length++) {
      byte[] frame = Arrays.copyOf(magic, length);
      if (length == 0) {
        assertThat(decoder.unpack(frame, 0, 0, new byte[8], 8)).isZero();
      } else {
        assertThatThrownBy(() -> decoder.unpack(frame, 0, frame.length, new byte[8], 8))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void whenAZstdFileIsCut_thenTheFileIsNamed() throws IOException {
    byte[] whole = ZstdMutants.resource("polars-zstd.arrow");
    Path file = folder.resolve("cut.arrow");
    for (int length = 0; length < whole.length; length += 101) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> {
            try (TableReader reader = new ArrowFormat().open(file, TableScan.ALL.readable())) {
              Optional<TableBatch> batch = reader.next();
              assertThat(batch).isEmpty();
            }
          })
          .hasMessageContaining("cut.arrow")
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
    }
  }
}
