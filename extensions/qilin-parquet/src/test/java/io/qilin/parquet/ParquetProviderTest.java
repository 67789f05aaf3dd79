package io.qilin.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Panel;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.data.table.TableBars;
import io.qilin.data.table.TableBarsWriter;
import io.qilin.testkit.MarketDataProviderTck;
import io.qilin.testkit.Panels;
import java.nio.file.Path;
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
