package io.qilin.restsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.check.QualityInput;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.quality.QualityGate;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AkToolsTest {
  private static final Symbol SHARE = Symbol.parse("000004.SZ");

  private final RestDouble service = new RestDouble(asked -> RestDouble.Answer.of("""
      [{"日期":"2024-04-16T00:00:00.000","开盘":36.95,"收盘":35.74,"最高":37.56,"最低":35.74,"成交量":29236,
        "成交额":106000000.5,"振幅":4.52,"涨跌幅":-11.23,"涨跌额":-4.52,"换手率":2.32},
       {"日期":"2024-04-17","股票代码":"000004","开盘":32.43,"收盘":37.15,"最高":38.16,"最低":32.43,"成交量":82135,
        "成交额":280000000}]"""));

  @AfterEach
  void stop() {
    service.close();
  }

  private MarketDataSource open() {
    return new RestProvider()
        .open(Map.of(
            "preset", "aktools",
            "baseUrl", service.address().toString(),
            "requestsPerMinute", "1000",
            "now", "2024-05-01T00:00:00Z"));
  }

  @Test
  void whenBarsAreRead_thenTheyAreOfTheShareThatWasAskedFor() {
    try (MarketDataSource source = open()) {
      Bars bars = source.bars(BarQuery.ALL
          .withSymbols(Set.of(SHARE))
          .between(LocalDate.of(2024, 4, 1), LocalDate.of(2024, 4, 30)));
      assertThat(bars.panel().symbols()).containsExactly(SHARE);
      assertThat(bars.panel().value(Field.VOLUME, 0, 0)).isEqualTo(2_923_600);
      assertThat(bars.panel().value(Field.AMOUNT, 0, 1)).isEqualTo(2.8e8);
    }
    assertThat(service.asked().get(0).path()).isEqualTo("/api/public/stock_zh_a_hist");
    assertThat(service.asked().get(0).query())
        .isEqualTo("symbol=000004&period=daily&start_date=20240401&end_date=20240430&adjust=");
  }

  @Test
  void whenItAnswersAnError_thenItIsTyped() {
    for (int status : new int[] {200, 404}) {
      service.answers(asked -> RestDouble.Answer.of(status, "{\"error\":\"未找到该接口\"}"));
      try (MarketDataSource source = open()) {
        QilinException thrown = catchThrowableOfType(
            QilinException.class, () -> source.bars(BarQuery.ALL.withSymbols(Set.of(SHARE))));
        assertThat(thrown.code()).isEqualTo(ErrorCode.DATA_FETCH);
        assertThat(thrown).hasMessageContaining("未找到该接口");
      }
    }
  }

  @Test
  void whenAUnitIsWrong_thenTheQualityGateFindsIt() {
    List<String> rows = new ArrayList<>();
    LocalDate day = LocalDate.of(2024, 3, 4);
    for (int i = 0; i < 25; i++) {
      rows.add("{\"日期\":\"" + day + "\",\"开盘\":10.0,\"收盘\":10.1,\"最高\":10.2,\"最低\":9.9,\"成交量\":"
          + (1000 + i) + ",\"成交额\":" + (1000 + i) * 1005 + "}");
      day = day.plusDays(day.getDayOfWeek() == DayOfWeek.FRIDAY ? 3 : 1);
    }
    service.answers(asked -> RestDouble.Answer.of("[" + String.join(",", rows) + "]"));
    RestSpec right = RestPresets.aktools().toBuilder().base(service.address()).build();
    RestEndpoint bars = right.endpoints().get(0);
    RestEndpoint.Builder wrong = RestEndpoint.builder(bars.kind(), bars.fetch());
    bars.columns()
        .forEach((name, column) -> wrong.column(
            name, name.equals("volume") ? RestColumn.number(RestUnit.ONE, "成交量") : column));
    RestSpec planted = RestSpec.builder("planted", service.address())
        .path(right.path())
        .symbols(SymbolForm.CODE)
        .endpoint(wrong.build())
        .build();
    assertThat(averagePrices(right)).isEmpty();
    assertThat(averagePrices(planted))
        .anySatisfy(
            message -> assertThat(message).contains("volume looks like lots of 100 shares"));
  }

  /** What is found in prices, volumes and amounts that do not fit together. */
  private static List<String> averagePrices(RestSpec spec) {
    Instant now = Instant.parse("2024-05-01T00:00:00Z");
    try (RestSource source = RestSource.builder(
            spec, Clock.fixed(now, ZoneOffset.UTC), System::nanoTime)
        .open()) {
      Bars bars = source.bars(BarQuery.ALL.withSymbols(Set.of(SHARE)));
      return QualityGate.builder()
          .build()
          .judge(new QualityInput(bars, Map.of(), Optional.of(AShareCalendar.load()), now))
          .findings()
          .stream()
          .filter(finding -> finding.rule().equals("average-price"))
          .map(QualityFinding::message)
          .toList();
    }
  }

  @Test
  void whenACsvIsInGbk_thenItsHeaderIsRead() {
    service.answers(asked -> RestDouble.Answer.bytes(
        "\"代码\";\"日期\";\"收盘\"\r\nsh600519;20240104;-\r\nsh600519;20240105;1700.5\r\n"
            .getBytes(Charset.forName("GBK"))));
    RestSpec spec =
        RestSpec.parse("""
        id: gbk
        base: https://api.example.com
        symbols: prefix
        nulls: ["", "-"]
        format: {type: csv, charset: GBK, separator: ";"}
        endpoints:
          - name: bars
            kind: daily-bars
            columns:
              symbol: {symbol: 代码}
              date: {date: 日期}
              close: {number: 收盘}
        """, "gbk.yaml").toBuilder().base(service.address()).build();
    try (RestSource source = Services.open(spec, new FakeTime())) {
      Bars bars = source.bars(BarQuery.ALL);
      assertThat(bars.panel().value(Field.CLOSE, 0, 0)).isNaN();
      assertThat(bars.panel().value(Field.CLOSE, 0, 1)).isEqualTo(1700.5);
    }
  }
}
