package io.qilin.data.table;

import io.qilin.api.source.MarketDataProvider;
import io.qilin.testkit.MarketDataProviderTck;
import io.qilin.testkit.Panels;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class TableBarsProviderTest extends MarketDataProviderTck {
  private static final MemoryFormat FORMAT = new MemoryFormat();

  @TempDir
  private static Path folder;

  /** As a format has it. */
  public static final class MemoryProvider extends TableBarsProvider {
    /** For the test of the constructor. */
    public MemoryProvider() {
      super(FORMAT);
    }
  }

  @BeforeAll
  static void writeBars() {
    TableBarsWriter.write(FORMAT, folder.resolve("bars.mem"), Panels.random(3, 8, 7));
  }

  @Override
  protected MarketDataProvider provider() {
    return new MemoryProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("path", folder.resolve("bars.mem").toString(), "profile", "generic");
  }
}
