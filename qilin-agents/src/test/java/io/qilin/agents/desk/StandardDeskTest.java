package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.analyst.RiskManagerAnalyst;
import io.qilin.agents.debate.Debate;
import io.qilin.agents.debate.DebateGraph;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FlowConvention;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.OrderFlow;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.source.Bars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandardDeskTest {
  private static final Bars BARS = DeskMarkets.random(12, 320, 3);
  private static final List<LocalDate> DAYS = BARS.panel().days();
  private static final LocalDate SESSION = DAYS.get(301);
  private static final MarketSnapshot SNAPSHOT =
      Snapshots.of(BARS, DeskMarkets.statuses(BARS.panel()), DAYS.get(300));

  @ParameterizedTest
  @EnumSource(Preset.class)
  void whenWeightsAreRead_thenTheyAddUpToOneAndEveryAnalystIsThere(Preset preset) {
    assertThat(DeskWeights.of(preset).values().stream().mapToDouble(w -> w).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(DeskWeights.of(preset).keySet())
        .allSatisfy(id -> assertThat(
                BuiltInAnalysts.of(id, Map.of("preset", preset.toString()), new LimitUpMemo()))
            .as(id)
            .isPresent());
    assertThat(ResearchDesk.standard(preset).build().settings().keySet())
        .filteredOn(name -> name.startsWith("weight."))
        .hasSize(DeskWeights.of(preset).size());
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void whenADeskIsPutTogetherFromItsParts_thenItIsTheStandardOne(Preset preset) {
    ResearchDesk standard = ResearchDesk.standard(preset).build();
    LimitUpMemo memo = new LimitUpMemo();
    SortedMap<String, Analyst> analysts = ResearchDesk.analysts(preset, memo);
    assertThat(analysts).hasSize(10);
    ResearchDesk.Builder own = ResearchDesk.builder(
            new RiskManagerAnalyst(preset, OrderText.DEFAULT_POSITION))
        .memo(memo)
        .debate(Debate.builder(DebateGraph.tradingAgents(1, 1)).build());
    ResearchDesk.weights(preset).forEach((id, weight) -> own.analyst(analysts.get(id), weight));
    assertThat(own.build().settings()).isEqualTo(standard.settings());
  }

  @Test
  void whenThereAreNoRecords_thenAnalystsWithoutDataTakeNoPartAndAreNamed() {
    DeskResult result =
        ResearchDesk.standard(Preset.STANDARD).minSafety(0).build().run(SNAPSHOT, SESSION);
    assertThat(result.silent())
        .contains("money-flow", "longhu-bang", "call-auction")
        .doesNotContain("market");
    assertThat(result.summary()).contains("without data for any share: ");
    assertThat(result.record().candidates())
        .allSatisfy(candidate -> assertThat(candidate.opinions())
            .extracting(Opinion::analyst)
            .contains("market", "risk-manager")
            .doesNotContainAnyElementsOf(result.silent()));
    assertThat(result.recommendations()).isNotEmpty();
  }

  @Test
  void whenOneShareHasAMoneyFlow_thenTheAnalystTakesPartAndLowersTheCoverageOfTheOthers() {
    Symbol symbol = SNAPSHOT.raw().symbols().get(2);
    List<MarketRecord> flows = new ArrayList<>();
    for (int d = 230; d <= 300; d++) {
      OrderFlow flow = new OrderFlow(1e6 + d * 1e4, 1e6);
      OrderFlow back = new OrderFlow(1e6, 1e6 + d * 1e4);
      flows.add(new MoneyFlowDaily(
          symbol,
          DAYS.get(d),
          PublicationTimes.ofDailyFigures(DAYS.get(d)),
          BARS.provenance(),
          FlowConvention.EASTMONEY,
          flow,
          flow,
          back,
          back,
          Double.NaN,
          Double.NaN,
          OptionalDouble.empty()));
    }
    MarketSnapshot told =
        SNAPSHOT.withRecords(SnapshotRecords.of(flows, PublicationTimes.openingOf(SESSION)));
    ResearchDesk desk = ResearchDesk.standard(Preset.STANDARD).minSafety(0).build();
    DeskResult with = desk.run(told, SESSION);
    assertThat(with.silent()).doesNotContain("money-flow");
    assertThat(with.record().inputs()).containsKey("records.money-flows");
    Candidate other = with.record().candidates().stream()
        .filter(one -> !one.symbol().equals(symbol) && !Double.isNaN(one.score()))
        .findFirst()
        .orElseThrow();
    Candidate before = desk.run(SNAPSHOT, SESSION).record().candidates().stream()
        .filter(one -> one.symbol().equals(other.symbol()))
        .findFirst()
        .orElseThrow();
    assertThat(other.confidence()).isLessThan(before.confidence());
    assertThat(Replay.verify(with.record(), told)).isEmpty();
  }
}
