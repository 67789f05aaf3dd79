package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.analyst.Preset;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SourceTier;
import io.qilin.api.source.Bars;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskRules;
import io.qilin.core.risk.RiskSettings;
import io.qilin.core.risk.SessionRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Bars BARS = DeskMarkets.random(20, 120, 11);
  private static final Map<Symbol, SecurityTimeline> SECURITIES =
      DeskMarkets.statuses(BARS.panel());
  private static final LocalDate DAY = BARS.panel().days().get(100);
  private static final LocalDate SESSION = BARS.panel().days().get(101);

  private static DecisionRecord decide(ResearchDesk desk) {
    return desk.run(Snapshots.of(BARS, SECURITIES, DAY), SESSION).record();
  }

  private static ResearchDesk.Builder desk() {
    Symbol held = BARS.panel().symbols().get(0);
    Map<Symbol, String> sectors = new TreeMap<>();
    BARS.panel().symbols().forEach(symbol -> sectors.put(symbol, symbol.code()));
    sectors.put(held, "bank, 银行");
    return ResearchDesk.standard(Preset.STANDARD)
        .minSafety(0.1)
        .minScore(-0.5)
        .top(3)
        .plan(new OrderPlan(0.07, 0.015, 0.03))
        .risk(RiskSettings.aggressive().toBuilder()
            .highWaterMark(Money.parse("800000"))
            .sectors(sectors)
            .requireStatus(false)
            .build())
        .portfolio(new Portfolio(
            Money.parse("777777.77"),
            Map.of(
                held,
                List.of(
                    new Holding(100, Money.parse("1000.01"), DAY),
                    new Holding(50, Money.parse("9"), SESSION)))));
  }

  private static DecisionRecord edited(DecisionRecord record, String name, String text) {
    Map<String, String> settings = new TreeMap<>(record.settings());
    if (text.isEmpty()) {
      settings.remove(name);
    } else {
      settings.put(name, text);
    }
    return new DecisionRecord(
        record.schema(),
        record.qilin(),
        record.day(),
        record.session(),
        record.asOf(),
        record.copyOf(),
        record.inputs(),
        settings,
        record.candidates(),
        record.recommendations(),
        record.deliberations());
  }

  @Test
  void whenReplayedFromItsJson_thenItIsIdentical() {
    DecisionRecord record = decide(desk().build());
    assertThat(record.recommendations()).isNotEmpty();
    DecisionRecord read = DecisionRecordJson.read(DecisionRecordJson.write(record));
    assertThat(Replay.run(read, BARS, SECURITIES)).isEmpty();
    for (Preset preset : Preset.values()) {
      DecisionRecord other = decide(ResearchDesk.standard(preset).build());
      assertThat(Replay.run(other, BARS, SECURITIES)).isEmpty();
    }
  }

  @Test
  void whenTheBarsWereAStaleCopy_thenTheRecordSaysItAndReplays() {
    Instant fetched = Instant.parse("2024-05-06T07:08:09Z");
    Bars copy = new Bars(
        BARS.panel(), BARS.provenance().asCopyOf(fetched), BARS.rowsRead(), BARS.findings());
    DeskResult result = desk().build().run(Snapshots.of(copy, SECURITIES, DAY), SESSION);
    assertThat(result.record().copyOf()).contains(fetched);
    assertThat(result.summary()).endsWith("; the bars are a stale copy, fetched at " + fetched);
    byte[] json = DecisionRecordJson.write(result.record());
    assertThat(new String(json, StandardCharsets.UTF_8))
        .contains("\"copyOf\":\"2024-05-06T07:08:09Z\"");
    DecisionRecord read = DecisionRecordJson.read(json);
    assertThat(read).isEqualTo(result.record());
    assertThat(Replay.run(read, BARS, SECURITIES)).isEmpty();
    DecisionRecord fresh = decide(desk().build());
    assertThat(new String(DecisionRecordJson.write(fresh), StandardCharsets.UTF_8))
        .doesNotContain("copyOf");
    assertThat(read.withCopyOf(Optional.empty())).isEqualTo(fresh);
  }

  @Test
  void whenABarDiffers_thenTheBarsAreTheFirstDifference() {
    DecisionRecord record = decide(desk().build());
    Panel panel = BARS.panel();
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (Field field : panel.fields()) {
        double[] values = panel.values(field, i);
        if (i == 3 && field.equals(Field.LOW)) {
          values[0] = Math.nextUp(values[0]);
        }
        builder.column(panel.symbols().get(i), field, panel.firstRow(i), values);
      }
    }
    Optional<Replay.Difference> found =
        Replay.run(record, DeskMarkets.bars(builder.build()), SECURITIES);
    assertThat(found).map(Replay.Difference::path).contains("$.inputs.bars");
    assertThat(found.orElseThrow().recorded()).isEqualTo("'" + record.inputs().get("bars") + "'");
  }

  @Test
  void whenStatusesDiffer_thenTheSecuritiesAreTheFirstDifference() {
    assertThat(Replay.run(decide(desk().build()), BARS, Map.of()))
        .map(Replay.Difference::path)
        .contains("$.inputs.securities");
  }

  @Test
  void whenASettingWasEdited_thenTheDecisionDiffersThere() {
    DecisionRecord record = decide(desk().build());
    DecisionRecord one = edited(record, "desk.top", "1");
    assertThat(Replay.run(one, BARS, SECURITIES))
        .map(Replay.Difference::path)
        .contains("$.recommendations[1]");
    assertThat(Replay.run(edited(record, "stray", "x"), BARS, SECURITIES))
        .map(Replay.Difference::toString)
        .contains("$.settings.stray: recorded 'x', replayed (absent)");
  }

  @Test
  void whenSettingsMakeNoDesk_thenItIsATypedError() {
    DecisionRecord record = decide(desk().build());
    refused(edited(record, "desk.top", "many"), ErrorCode.RECORD_MISMATCH, "desk.top");
    refused(edited(record, "desk.top", "-5"), ErrorCode.RECORD_MISMATCH, "top");
    refused(edited(record, "desk.top", ""), ErrorCode.RECORD_MISMATCH, "lacks", "desk.top");
    refused(edited(record, "risk.boards", "NASDAQ"), ErrorCode.RECORD_MISMATCH, "risk.boards");
    refused(
        edited(record, "risk.continuous", "perhaps"), ErrorCode.RECORD_MISMATCH, "risk.continuous");
    refused(edited(record, "risk.single", "NaN"), ErrorCode.RECORD_MISMATCH, "single");
    refused(edited(record, "risk.sector.x x", "bank"), ErrorCode.RECORD_MISMATCH);
    refused(
        edited(record, "portfolio.holdings", "600519.SH 100"),
        ErrorCode.RECORD_MISMATCH,
        "holdings");
    refused(edited(record, "portfolio.cash", "-1"), ErrorCode.RECORD_MISMATCH, "cash");
    refused(edited(record, "desk.market-ice", "yes"), ErrorCode.RECORD_MISMATCH, "market-ice");
    refused(edited(record, "desk.market-breaker", "9"), ErrorCode.RECORD_MISMATCH, "breaker");
    refused(edited(record, "analyst.market.preset", "mine"), ErrorCode.RECORD_MISMATCH, "preset");
    refused(edited(record, "order.chase", "5"), ErrorCode.RECORD_MISMATCH, "chase");
    refused(
        edited(record, "weight.oracle", "1"), ErrorCode.ANALYST_NOT_FOUND, "'oracle'", "market");
  }

  private static void refused(DecisionRecord record, ErrorCode code, String... words) {
    assertThatThrownBy(() -> Replay.run(record, BARS, SECURITIES))
        .isInstanceOfSatisfying(QilinException.class, e -> {
          assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
          assertThat(words).allSatisfy(word -> assertThat(e.getMessage()).contains(word));
        });
  }

  @Test
  void whenRecordsBelongToTheSnapshot_thenOnlyTheSameOnesReplay() {
    Instant asOf = PublicationTimes.openingOf(SESSION);
    Symbol symbol = BARS.panel().symbols().get(1);
    NewsItem news = new NewsItem(
        PublicationTimes.closeOf(DAY),
        PublicationTimes.closeOf(DAY),
        BARS.provenance(),
        "title",
        "",
        SourceTier.MEDIA,
        Optional.empty(),
        List.of(symbol));
    MarketSnapshot bare = Snapshots.of(BARS, SECURITIES, DAY);
    MarketSnapshot full = bare.withRecords(SnapshotRecords.of(List.of(news), asOf));
    DecisionRecord record = desk().build().run(full, SESSION).record();
    assertThat(record.inputs()).containsKey("records.news");
    assertThat(record.asOf()).isEqualTo(asOf);
    assertThat(Replay.verify(record, full)).isEmpty();
    assertThat(Replay.verify(record, bare)).map(Replay.Difference::path).contains("$.asOf");
    assertThat(Replay.run(record, BARS, SECURITIES))
        .map(Replay.Difference::path)
        .contains("$.inputs.records.news");
    assertThatThrownBy(() ->
            desk().build().run(bare.withRecords(SnapshotRecords.none(asOf.plusMillis(1))), SESSION))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("opening");
  }

  @Test
  void whenTheGateIsOwn_thenOnlyItsDeskReplays() {
    List<SessionRule> rules = RiskRules.standard(RiskSettings.moderate()).subList(0, 5);
    ResearchDesk own = desk().gate(RiskGate.of(rules)).build();
    DecisionRecord record = decide(own);
    refused(record, ErrorCode.UNSUPPORTED, "gate");
    assertThat(Replay.run(record, own, Snapshots.of(BARS, SECURITIES, DAY))).isEmpty();
  }
}
