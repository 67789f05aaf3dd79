package io.qilin.data.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.data.source.MarketDataProviders;
import io.qilin.testkit.MarketDataProviderTck;
import io.qilin.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordProviderTest extends MarketDataProviderTck {
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir
  Path folder;

  @BeforeEach
  void write() {
    RecordFileWriter.write(
        folder,
        RecordFormat.JSON_LINES,
        SampleRecords.all(new Provenance("vendor", "sample", true)));
  }

  @Override
  protected MarketDataProvider provider() {
    return new RecordProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("path", folder.toString());
  }

  @Test
  void whenLookedUp_thenTheServiceIsFound() {
    assertThat(MarketDataProviders.discover().get("records").id()).isEqualTo("records");
  }

  @Test
  void whenAUnitIsDeclared_thenValuesAreConverted() throws IOException {
    Files.writeString(folder.resolve("ticks.jsonl"), """
        {"symbol":"600000.SH","eventTime":"2024-01-02T09:30:00+08:00","price":7.1,"volume":3,\
        "amount":0.2133,"phase":"CONTINUOUS"}
        """);
    Map<String, String> settings = Map.of(
        "path", folder.toString(),
        "unit.ticks.volume", "lots",
        "unit.ticks.amount", "ten-thousand-yuan");
    try (MarketDataSource source = provider().open(settings)) {
      Tick tick = source.records(RecordQuery.of(Tick.class, LATER)).rows().get(0);
      assertThat(tick.volume()).isEqualTo(300);
      assertThat(tick.amount()).isEqualTo(2133.0);
      assertThat(tick.price()).isEqualTo(7.1);
      assertThat(tick.sequence()).isEqualTo(Tick.NO_SEQUENCE);
      assertThat(tick.asOf()).isEqualTo(tick.eventTime());
      assertThat(tick.source()).isEqualTo(new Provenance("records", "ticks.jsonl", false));
    }
  }

  @Test
  void whenAUnitIsDeclaredForAPartOfAPart_thenOnlyThatIsConverted() {
    Map<String, String> settings =
        Map.of("path", folder.toString(), "unit.money-flows.superLarge.buy", "ten-thousand-yuan");
    try (MarketDataSource source = provider().open(settings)) {
      MoneyFlowDaily flow =
          source.records(RecordQuery.of(MoneyFlowDaily.class, LATER)).rows().get(0);
      assertThat(flow.superLarge().buy()).isEqualTo(1e12);
      assertThat(flow.superLarge().sell()).isEqualTo(2e8);
    }
  }

  @Test
  void whenASettingIsWrong_thenTheMessageHelps() {
    assertWrong("unit.tick.volume", "lots", "did you mean 'ticks'?");
    assertWrong("unit.ticks.volumes", "lots", "did you mean 'volume'?");
    assertWrong("unit.ticks.volume", "lot", "did you mean 'lots'?");
    assertWrong("unit", "lots", "the settings are");
    assertWrong("now", "yesterday", "'yesterday'");
    assertWrong("maxRows", "-1", "positive");
    assertThatThrownBy(() -> provider().open(Map.of()))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("path is missing");
  }

  private void assertWrong(String name, String value, String part) {
    assertThatThrownBy(() -> provider().open(Map.of("path", folder.toString(), name, value)))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(part);
  }

  @Test
  void whenTheFolderLacksAKind_thenThatIsSaid() throws IOException {
    Files.delete(folder.resolve("ticks.jsonl"));
    try (RecordFiles source = RecordFiles.builder(folder).open()) {
      assertThat(source.capabilities())
          .doesNotContain(DataCapability.TICKS)
          .contains(DataCapability.NEWS, DataCapability.SECURITIES);
      assertThatThrownBy(() -> source.records(RecordQuery.of(Tick.class, LATER)))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
          .hasMessageContaining("ticks.jsonl");
    }
  }

  @Test
  void whenSecuritiesAreRead_thenTheyComeFromTheNotices() {
    try (RecordFiles source = RecordFiles.builder(folder).open()) {
      assertThat(source.securities().get(Symbol.parse("600000.SH")).statuses()).hasSize(2);
    }
  }
}
