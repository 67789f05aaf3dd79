package io.qilin.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Panel;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.data.table.TableBars;
import io.qilin.data.table.TableBarsWriter;
import io.qilin.data.table.TableFormats;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.testkit.MarketDataProviderTck;
import io.qilin.testkit.Panels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetProviderTest extends MarketDataProviderTck {
  @TempDir
  private static Path folder;

  @BeforeAll
  static void writeBars() {
    TableBarsWriter.write(
        new ParquetFormat(), folder.resolve("bars.parquet"), Panels.random(3, 8, 7));
  }

  @Override
  protected MarketDataProvider provider() {
    return new ParquetProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("path", folder.resolve("bars.parquet").toString(), "profile", "generic");
  }

  private static long listedDays(Path file) throws IOException {
    TableScan scan = TableScan.ALL.withColumns(List.of("instrument", "datetime"));
    long days = 0;
    try (TableReader reader = TableFormats.discover().of(file).open(file, scan)) {
      for (var batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        days += batch.get().rows();
      }
    }
    return days;
  }

  @Test
  void whenTheProgramOfTheReadmeRuns_thenItCountsTheRows() throws IOException {
    Panel panel = TableBars.builder(new ParquetFormat(), folder.resolve("bars.parquet"))
        .generic()
        .build()
        .read(BarQuery.ALL)
        .panel();
    assertThat(listedDays(folder.resolve("bars.parquet")))
        .isBetween(
            (long) panel.days().size(),
            (long) panel.days().size() * panel.symbols().size());
  }

  @Test
  void whenAPanelIsWritten_thenItReadsBackBitForBit() {
    Panel panel = Panels.random(20, 300, 3);
    Path file = folder.resolve("panel.parquet");
    TableBarsWriter.write(new ParquetFormat(), file, panel);
    Panel again = TableBars.builder(new ParquetFormat(), file)
        .generic()
        .build()
        .read(BarQuery.ALL)
        .panel();
    assertThat(Panels.difference(panel, again)).isEmpty();
  }
}
