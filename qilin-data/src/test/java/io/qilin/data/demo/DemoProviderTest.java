package io.qilin.data.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.testkit.MarketDataProviderTck;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoProviderTest extends MarketDataProviderTck {
  @Override
  protected MarketDataProvider provider() {
    return new DemoProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("symbols", "20", "years", "1", "seed", "7");
  }

  @Test
  void whenASettingIsWrong_thenItIsRefusedWithItsRange() {
    refused(Map.of("symbols", "many"), "'many'");
    refused(Map.of("symbols", "0"), "1 to 3000");
    refused(Map.of("years", "21"), "1 to 20");
    refused(Map.of("years", "9999999999"), "1 to 20");
    refused(Map.of("seed", "1.5"), "seed");
    refused(Map.of("symbols", "3000", "years", "20"), "15000");
    refused(Map.of("Symbols", "10"), "[seed, symbols, years]");
  }

  private void refused(Map<String, String> settings, String part) {
    assertThatThrownBy(() -> provider().open(settings))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(part);
  }

  @Test
  void whenOpenedWithSettings_thenItServesThatMarket() {
    try (MarketDataSource source = provider().open(settings())) {
      assertThat(source.bars(BarQuery.ALL).provenance())
          .isEqualTo(DemoMarket.of(20, 1, 7).bars().provenance());
      assertThat(source.securities()).hasSize(20);
    }
  }

  @Test
  void whenADayWithoutTradingIsAskedFor_thenNothingIsFound() {
    LocalDate sunday = LocalDate.of(2025, 6, 1);
    try (MarketDataSource source = provider().open(settings())) {
      assertThatThrownBy(() -> source.bars(BarQuery.ALL.between(sunday, sunday)))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
    }
  }
}
