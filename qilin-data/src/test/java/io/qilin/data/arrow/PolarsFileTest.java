package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that Polars wrote: texts as views, a dictionary of views, and integers of 128 bits, which Arrow does not have. */
class PolarsFileTest {
  @TempDir
  Path folder;

  @Test
  void whenPolarsHasWritten_thenItsCellsAreReadAndOnlyWideIntegersAreLeftOut() throws IOException {
    Path file = folder.resolve("polars.arrow");
    try (InputStream in =
        Objects.requireNonNull(PolarsFileTest.class.getResourceAsStream("/peers/polars.arrow"))) {
      Files.copy(in, file);
    }
    TableBatch batch;
    try (TableReader reader = new ArrowFormat().open(file, TableScan.ALL.readable())) {
      assertThat(reader.leftOut()).containsOnlyKeys("wide");
      List<TableBatch> batches = Tables.rest(reader);
      assertThat(batches).hasSize(1);
      batch = batches.get(0);
    }
    List<Object> texts = new ArrayList<>();
    List<Object> numbers = new ArrayList<>();
    List<Object> decimals = new ArrayList<>();
    List<Object> days = new ArrayList<>();
    List<Object> moments = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      texts.add(i % 2 == 0 ? "贵州茅台酒股份有限公司" : "SH600519");
      numbers.add(i % 7 == 0 ? null : (Object) (i / 4.0));
      decimals.add(i % 5 == 0 ? null : (Object) (i / 100.0));
      days.add((int) LocalDate.of(2024, 1, 1).plusDays(i).toEpochDay());
      moments.add((1_704_159_000L + i) * 1_000_000_000L);
    }
    assertThat(Tables.cells(batch.column("sym"))).isEqualTo(texts);
    assertThat(Tables.cells(batch.column("cat"))).isEqualTo(texts);
    assertThat(Tables.cells(batch.column("f"))).isEqualTo(numbers);
    assertThat(Tables.cells(batch.column("dec"))).isEqualTo(decimals);
    assertThat(Tables.cells(batch.column("day"))).isEqualTo(days);
    assertThat(Tables.cells(batch.column("at"))).isEqualTo(moments);
  }
}
