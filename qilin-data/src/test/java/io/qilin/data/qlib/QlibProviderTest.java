package io.qilin.data.qlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.testkit.MarketDataProviderTck;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QlibProviderTest extends MarketDataProviderTck {
  @TempDir
  private static Path folder;

  private static Path store;

  @BeforeAll
  static void writeStore() {
    store = QlibFiles.store(folder);
  }

  @Override
  protected MarketDataProvider provider() {
    return new QlibProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("path", store.toString());
  }

  @Test
  void whenAllSettingsAreGiven_thenAllAreFollowed() {
    QlibFiles.write(store.resolve("instruments/mine.txt"), "sh600000\t2024-01-02\t2024-01-05\n");
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("market", "mine");
    settings.put("adjustment", "backward");
    settings.put("volume", "adjusted");
    settings.put("fields", "close, volume");
    try (MarketDataSource source = provider().open(settings)) {
      Panel panel = source.bars(BarQuery.ALL).panel();
      assertThat(panel.symbols()).hasSize(1);
      assertThat(panel.adjustment()).isEqualTo(Adjustment.BACKWARD);
      assertThat(panel.fields()).containsExactly(Field.CLOSE, Field.VOLUME);
    }
  }

  @Test
  void whenASettingIsWrong_thenWhatIsRightIsTold() {
    refused(Map.of(), "'path' is missing");
    refused(Map.of("path", "x", "volume", "lots"), "shares, adjusted");
    refused(Map.of("path", "x", "adjustment", "qfq"), "raw, backward, forward");
    refused(Map.of("path", "x", "market", "../all"), "'../all'");
    refused(Map.of("path", "x", "fields", "a b"), "'a b'");
    refused(Map.of("path", "x", "feilds", "close"), "did you mean 'fields'");
  }

  private void refused(Map<String, String> settings, String part) {
    assertThatThrownBy(() -> provider().open(settings))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(part);
  }
}
