package io.qilin.restsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MinuteBar;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.record.TradingPhase;
import io.qilin.api.secret.Secret;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import io.qilin.data.failover.CopySettings;
import io.qilin.data.failover.MemberSettings;
import io.qilin.data.failover.Served;
import io.qilin.data.failover.SourceChain;
import io.qilin.data.source.MarketDataProviders;
import io.qilin.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What TuShare's units, dates and failures become. */
class TushareTest {
  private static final Symbol MAOTAI = Symbol.parse("600519.SH");
  private static final Symbol BANK = Symbol.parse("000001.SZ");
  private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

  private final TushareDouble service = new TushareDouble();

  @AfterEach
  void stop() {
    service.close();
  }

  private MarketDataSource open() {
    return new TushareProvider().open(service.settings());
  }

  private static Instant at(String text) {
    return java.time.OffsetDateTime.parse(text + "+08:00").toInstant();
  }

  @Test
  void whenBarsAreRead_thenLotsAreSharesAndThousandsAreYuan() {
    try (MarketDataSource source = open()) {
      Bars bars = source.bars(BarQuery.ALL);
      Panel panel = bars.panel();
      int maotai = panel.indexOf(MAOTAI);
      int day = panel.indexOf(LocalDate.of(2024, 1, 2));
      assertThat(panel.value(Field.CLOSE, maotai, day)).isEqualTo(1700.02);
      assertThat(panel.value(Field.VOLUME, maotai, day)).isEqualTo(3215857);
      assertThat(panel.value(Field.AMOUNT, maotai, day))
          .isEqualTo(new BigDecimal(String.valueOf((32156.57 + 2) * 1700.02 / 10))
              .scaleByPowerOfTen(3)
              .doubleValue());
      assertThat(panel.value(Field.FACTOR, maotai, day)).isEqualTo(7.8);
      assertThat(bars.rowsRead()).isEqualTo(2L * 6);
      assertThat(bars.findings()).isEmpty();
    }
  }

  @Test
  void whenDaysAreNotOverYet_thenTheirBarsAreLeftOut() {
    Map<String, String> early = new HashMap<>(service.settings());
    early.put("now", "2024-01-08T07:00:00Z");
    try (MarketDataSource source = new TushareProvider().open(early)) {
      Bars bars = source.bars(BarQuery.ALL);
      assertThat(bars.panel().lastDay()).isEqualTo(LocalDate.of(2024, 1, 5));
      assertThat(bars.findings()).extracting(f -> f.rule()).containsOnly("bar-from-the-future");
    }
  }

  @Test
  void whenAReportIsRestatedInPart_thenTheRestIsWhatWasKnown() {
    try (MarketDataSource source = open()) {
      List<FundamentalSnapshot> reports = source
          .records(RecordQuery.of(FundamentalSnapshot.class, LATER).withSymbols(Set.of(MAOTAI)))
          .rows();
      assertThat(reports).hasSize(2);
      assertThat(reports.get(0).asOf()).isEqualTo(at("2023-10-22T00:00:00"));
      assertThat(reports.get(0).revenue()).isEqualTo(1.03e11);
      assertThat(reports.get(0).netProfitExNonrecurring()).isEqualTo(5.28e10);
      assertThat(reports.get(0).goodwill()).isNaN();
      assertThat(reports.get(1).asOf()).isEqualTo(at("2024-01-09T00:00:00"));
      assertThat(reports.get(1).revenue()).isEqualTo(1.04e11);
      assertThat(reports.get(1).equity()).isEqualTo(2.1e11);
      List<FundamentalSnapshot> before = source
          .records(RecordQuery.of(FundamentalSnapshot.class, at("2024-01-08T20:00:00"))
              .withSymbols(Set.of(MAOTAI)))
          .rows();
      assertThat(before).containsExactly(reports.get(0));
    }
  }

  @Test
  void whenStatusesAreRead_thenBoardAndWarningFollowFromCodeAndName() {
    try (MarketDataSource source = open()) {
      Records<StatusNotice> notices = source.records(RecordQuery.of(StatusNotice.class, LATER));
      assertThat(notices.rows())
          .extracting(n -> n.status().name(), n -> n.status().board(), n -> n.asOf())
          .contains(
              tuple("平安银行", Board.SZSE_MAIN, at("2012-08-02T00:00:00")),
              tuple("退市长油", Board.SSE_MAIN, at("2014-06-06T00:00:00")));
      assertThat(notices.rows())
          .filteredOn(n -> n.status().name().equals("退市长油"))
          .singleElement()
          .satisfies(n -> {
            assertThat(n.status().riskWarning()).isEqualTo(RiskWarning.DELISTING);
            assertThat(n.status().delistDate()).contains(LocalDate.of(2014, 6, 5));
          });
      assertThat(notices.findings()).singleElement().satisfies(finding -> {
        assertThat(finding.rule()).isEqualTo("row-refused");
        assertThat(finding.message()).contains("T00018.SH");
      });
      assertThat(source.securities().get(BANK).statuses().get(0).listDate())
          .contains(LocalDate.of(1991, 4, 3));
    }
  }

  @Test
  void whenMarginLendingIsRead_thenItComesWithTheFlowsOnTheNextMorning() {
    try (MarketDataSource source = open()) {
      List<MoneyFlowDaily> flows = source
          .records(RecordQuery.of(MoneyFlowDaily.class, LATER).withSymbols(Set.of(BANK)))
          .rows();
      assertThat(flows)
          .filteredOn(flow -> flow.date().equals(LocalDate.of(2024, 1, 5)))
          .satisfiesExactly(
              first -> {
                assertThat(first.asOf()).isEqualTo(at("2024-01-05T15:30:00"));
                assertThat(first.superLarge().buy()).isEqualTo(40_002_500);
                assertThat(first.marginBuy()).isNaN();
              },
              second -> {
                assertThat(second.asOf()).isEqualTo(at("2024-01-08T09:00:00"));
                assertThat(second.marginBalance()).isEqualTo(1.5e10);
                assertThat(second.small().sell()).isEqualTo(11_000_000);
                assertThat(second.convention().id()).isEqualTo("tushare");
              });
    }
  }

  @Test
  void whenSeatsAreRead_thenWindowAndSideFollowFromTheTexts() {
    try (MarketDataSource source = open()) {
      List<LhbSeatRow> seats =
          source.records(RecordQuery.of(LhbSeatRow.class, LATER)).rows();
      assertThat(seats)
          .extracting(LhbSeatRow::windowDays, LhbSeatRow::side)
          .containsExactly(
              tuple(1, LhbSeatRow.SeatSide.BUY5),
              tuple(1, LhbSeatRow.SeatSide.SELL5),
              tuple(3, LhbSeatRow.SeatSide.BUY5));
      assertThat(seats.get(2).sell()).isNaN();
      assertThat(seats.get(0).asOf()).isEqualTo(at("2024-01-05T00:00:00"));
    }
  }

  @Test
  void whenADividendIsOnlyPlanned_thenItIsNone() {
    try (MarketDataSource source = open()) {
      List<CorporateActionNotice> notices =
          source.records(RecordQuery.of(CorporateActionNotice.class, LATER)).rows();
      assertThat(notices)
          .extracting(n -> n.action().cashPerShare(), n -> n.asOf())
          .containsExactly(
              tuple(new BigDecimal("0.285"), at("2023-06-08T00:00:00")),
              tuple(new BigDecimal("25.911"), at("2023-06-25T00:00:00")));
      assertThat(notices.get(0).action().bonusRatio()).isEqualTo(new BigDecimal("0.3"));
    }
  }

  @Test
  void whenNewsHasNoTitle_thenItsTextStandsForIt() {
    try (MarketDataSource source = open()) {
      assertThat(source.records(RecordQuery.of(NewsItem.class, LATER)).rows())
          .extracting(NewsItem::title, NewsItem::author)
          .containsExactly(
              tuple("公告", Optional.of("eastmoney")), tuple("沪指高开。", Optional.of("sina")));
    }
  }

  @Test
  void whenMinutesAreRead_thenTheFirstIsTheAuction() {
    try (MarketDataSource source = open()) {
      assertThat(source
              .records(RecordQuery.of(MinuteBar.class, LATER)
                  .withSymbols(Set.of(MAOTAI))
                  .between(at("2024-01-04T00:00:00"), at("2024-01-04T23:00:00")))
              .rows())
          .extracting(MinuteBar::phase, MinuteBar::volume)
          .containsExactly(
              tuple(TradingPhase.AUCTION_OPEN, 4500.0), tuple(TradingPhase.CONTINUOUS, 12300.0));
    }
  }

  @Test
  void whenTheServiceCutsPages_thenAllRowsAreStillRead() {
    service.pageCap(3);
    try (MarketDataSource source = open()) {
      assertThat(source.bars(BarQuery.ALL).rowsRead()).isEqualTo(2L * 6);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "40101, 您的token不对，请确认。, AUTHENTICATION",
    "40203, 抱歉，您没有接口(daily)访问权限，权限的具体详情访问：https://tushare.pro/document/1?doc_id=108。, AUTHORIZATION",
    "40209, 抱歉，您没有权限访问该接口, AUTHORIZATION",
    "2002, 权限问题, AUTHORIZATION",
    "40203, 抱歉，您每分钟最多访问该接口200次，权限的具体详情访问：https://tushare.pro/document/1?doc_id=108。, RATE_LIMITED",
    "40203, 抱歉，您每天最多访问该接口2次, RATE_LIMITED",
    "40203, 频率超限(1次/小时), RATE_LIMITED",
    "40101, 请指定正确的接口名, INVALID_CONFIGURATION",
    "-2001, 系统内部错误, DATA_FETCH"
  })
  void whenTheServiceSaysWhatFailed_thenItIsTyped(int code, String message, ErrorCode expected) {
    service.server().answers(asked -> TushareDouble.failure(code, message));
    FakeTime time = new FakeTime();
    RestSpec spec = RestPresets.tushare().toBuilder().base(service.address()).build();
    try (RestSource source = RestSource.builder(spec, Services.NOW, time)
        .secret(Secret.of(TushareDouble.TOKEN))
        .symbols(Set.of(MAOTAI))
        .pause(time::pass)
        .open()) {
      QilinException thrown = Services.failure(source);
      assertThat(thrown.code()).isEqualTo(expected);
      assertThat(thrown).hasMessageContaining("tushare, daily").hasMessageNotContaining("5f2c");
    }
  }

  @Test
  void whenTheMinuteIsUsedUp_thenTheNextOneIsWaitedFor() {
    FakeTime time = new FakeTime();
    RestSpec spec = RestPresets.tushare().toBuilder().base(service.address()).build();
    service.server().answers(asked -> {
      service.server().answers(service::answer);
      return TushareDouble.failure(40203, "抱歉，您每分钟最多访问该接口200次");
    });
    try (RestSource source = RestSource.builder(spec, Services.NOW, time)
        .secret(Secret.of(TushareDouble.TOKEN))
        .symbols(Set.of(MAOTAI))
        .pause(time::pass)
        .open()) {
      assertThat(source.bars(BarQuery.ALL).rowsRead()).isEqualTo(8);
      assertThat(time.waits()).containsExactly(20_000L);
    }
  }

  @Test
  void whenARowRepeatsOrContradictsAnother_thenThatIsTold() {
    service.rows("daily").add(1, List.copyOf(service.rows("daily").get(4)));
    List<Object> other = new ArrayList<>(service.rows("daily").get(5));
    other.set(5, 1234.5);
    service.rows("daily").add(other);
    try (MarketDataSource source = open()) {
      assertThat(source.bars(BarQuery.ALL).findings())
          .extracting(f -> f.rule())
          .containsExactly("duplicate-row", "conflicting-row");
    }
  }

  @Test
  void whenNewsIsDatedInTheFuture_thenItIsLeftOutAndTold() {
    service
        .rows("news")
        .add(new ArrayList<>(Arrays.asList("2024-01-09 23:59:00", "x", "y", null, "sina")));
    try (MarketDataSource source = open()) {
      Records<NewsItem> news = source.records(RecordQuery.of(NewsItem.class, LATER));
      assertThat(news.rows()).hasSize(2);
      assertThat(news.findings())
          .extracting(f -> f.rule())
          .containsExactly("record-from-the-future");
    }
  }

  @Test
  void whenTheServiceDies_thenTheChainServesAMarkedCopyAndRecovers() {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (MarketDataSource source = open()) {
      SettableClock clock = SettableClock.at("2024-01-09T12:00:00Z");
      SourceChain chain = SourceChain.builder(threads, clock, System::nanoTime)
          .member(
              "tushare",
              source,
              Set.of(DataCapability.DAILY_BARS),
              MemberSettings.builder().deadline(Duration.ofMinutes(1)).build())
          .deadline(Duration.ofMinutes(1))
          .lastGood(CopySettings.DEFAULT)
          .build();
      Served<Bars> first = chain.fetchBars(BarQuery.ALL);
      assertThat(first.stale()).isFalse();
      service.server().answers(asked -> RestDouble.Answer.of(404, "gone"));
      Served<Bars> copy = chain.fetchBars(BarQuery.ALL);
      assertThat(copy.stale()).isTrue();
      assertThat(copy.value().provenance().copyOf()).isPresent();
      service.server().answers(service::answer);
      assertThat(chain.fetchBars(BarQuery.ALL).stale()).isFalse();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whenDiscovered_thenBothProvidersAreThere() {
    assertThat(MarketDataProviders.discover().get("tushare")).isInstanceOf(TushareProvider.class);
    assertThat(MarketDataProviders.discover().get("rest")).isInstanceOf(RestProvider.class);
  }

  @Test
  void whenTheTokenIsKeptElsewhere_thenASettingNamesIt() {
    Map<String, String> settings = new HashMap<>(service.settings());
    settings.remove("token");
    settings.put("secret", "tushare/token");
    try (MarketDataSource source = TushareProvider.withSecrets(name -> name.equals("tushare/token")
            ? Optional.of(Secret.of(TushareDouble.TOKEN))
            : Optional.empty())
        .open(settings)) {
      assertThat(source.bars(BarQuery.ALL).rowsRead()).isPositive();
    }
    assertThat(
            catchThrowableOfType(QilinException.class, () -> new TushareProvider().open(settings))
                .code())
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void whenTheClockIsReal_thenOldBarsAreRead() {
    RestSpec spec = RestPresets.tushare().toBuilder().base(service.address()).build();
    Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    try (RestSource source = RestSource.builder(spec, clock, System::nanoTime)
        .secret(Secret.of(TushareDouble.TOKEN))
        .open()) {
      assertThat(source.bars(BarQuery.ALL.withSymbols(Set.of(BANK))).panel().symbols())
          .containsExactly(BANK);
      assertThat(catchThrowableOfType(QilinException.class, () -> source.bars(BarQuery.ALL))
              .code())
          .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
  }

  @Test
  void whenAHistoryIsLongerThanAnAnswerOfTheService_thenItIsReadInPages() {
    for (int i = 0; i < 150; i++) {
      String period = LocalDate.of(2010, 1, 1).plusDays(i).toString().replace("-", "");
      service.rows("fina_indicator").add(List.of("600519.SH", "20231021", period, 1.0 + i));
    }
    try (MarketDataSource source = open()) {
      assertThat(source
              .records(RecordQuery.of(FundamentalSnapshot.class, LATER).withSymbols(Set.of(MAOTAI)))
              .rows())
          .hasSize(150 + 2);
    }
  }

  @Test
  void whenAReportHasNoDayOfAnnouncement_thenNothingOfItComesIntoOthers() {
    service
        .rows("income")
        .addAll(List.of(
            Arrays.asList("600519.SH", "20230820", null, "20230630", "1", 7e10, 7e9),
            Arrays.asList("600519.SH", "20230820", "20230820", "20230630", "1", null, 6e9)));
    try (MarketDataSource source = open()) {
      Records<FundamentalSnapshot> known = source.records(
          RecordQuery.of(FundamentalSnapshot.class, LATER).withSymbols(Set.of(MAOTAI)));
      assertThat(known.rows().get(0).netProfit()).isEqualTo(6e9);
      assertThat(known.rows().get(0).revenue()).isNaN();
    }
  }

  @Test
  void whenAListIsOfTenDaysOrThirty_thenItIsLeftOutAndTold() {
    for (String window : List.of("10", "30", "三十")) {
      service
          .rows("top_inst")
          .add(List.of(
              "20240105", "600519.SH", "机构专用", "0", 1, 1.0, 1, 1.0, 0.0, "连续" + window + "个交易日内"));
    }
    try (MarketDataSource source = open()) {
      Records<LhbSeatRow> seats = source.records(RecordQuery.of(LhbSeatRow.class, LATER));
      assertThat(seats.rows()).hasSize(3);
      assertThat(seats.findings())
          .hasSize(3)
          .allSatisfy(finding -> assertThat(finding.message()).contains("windowDays is 1 or 3"));
    }
  }

  @Test
  void whenAJoinHasNoKey_thenItIsAFormatErrorAndNoRowIsLeftWithoutItsPart() {
    service
        .server()
        .answers(asked -> asked.body().contains("adj_factor\"")
            ? service.answer(asked)
            : RestDouble.Answer.of("{\"code\":0,\"data\":{\"fields\":[\"ts_code\",\"day\"],"
                + "\"items\":[[\"600519.SH\",\"20240104\"]]}}"));
    try (MarketDataSource source = open()) {
      assertThat(Services.failure(source))
          .hasMessageContaining("tushare, adj_factor: the answer has no column 'trade_date'");
    }
  }
}
