package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
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

class ArrowProviderTest extends MarketDataProviderTck {
  @TempDir
  private static Path folder;

  @BeforeAll
  static void writeBars() {
    TableBarsWriter.write(new ArrowFormat(), folder.resolve("bars.arrow"), Panels.random(3, 8, 7));
  }

  @Override
  protected MarketDataProvider provider() {
    return new ArrowProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("path", folder.resolve("bars.arrow").toString(), "profile", "generic");
  }

  @Test
  void whenPanelsAreWrittenAsFilesAndStreams_thenTheyReadBackBitForBit() {
    for (String name : new String[] {"p.arrow", "p.arrows"}) {
      for (int seed = 0; seed < 2; seed++) {
        Panel panel = Panels.random(20, 500 * seed + 2, seed);
        Path file = folder.resolve(name);
        TableBarsWriter.write(new ArrowFormat(), file, panel);
        Panel again = TableBars.builder(new ArrowFormat(), file)
            .generic()
            .build()
            .read(BarQuery.ALL)
            .panel();
        assertThat(Panels.difference(panel, again)).isEmpty();
      }
    }
  }

  @Test
  void whenASettingIsWrong_thenWhatIsRightIsTold() {
    assertThatThrownBy(() -> provider().open(Map.of("path", "x", "volumUnit", "lots")))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("did you mean 'volumeUnit'");
  }
}
