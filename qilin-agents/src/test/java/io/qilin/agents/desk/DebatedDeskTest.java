package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.analyst.Preset;
import io.qilin.agents.debate.Debate;
import io.qilin.agents.debate.DebateGraph;
import io.qilin.agents.debate.DebateModels;
import io.qilin.agents.llm.Cassette;
import io.qilin.agents.llm.CassetteClient;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.Bars;
import io.qilin.testkit.ScriptedLlm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Desks in whose debates models speak: recorded, replayed, late and out of bounds. */
class DebatedDeskTest {
  private static final Bars BARS = DeskMarkets.random(20, 120, 11);
  private static final LocalDate SESSION = BARS.panel().days().get(101);
  private static final MarketSnapshot SNAPSHOT =
      Snapshots.of(BARS, DeskMarkets.statuses(BARS.panel()), BARS.panel().days().get(100));

  private final ExecutorService pool = Executors.newCachedThreadPool();

  @TempDir
  private Path folder;

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  private static ScriptedLlm leaning(String lean) {
    return ScriptedLlm.always((request, call) -> {
      boolean judge = request.messages().get(0).text().contains("You judge what was said");
      String said = "{\"claim\":\"so it is\",\"evidence\":[]";
      return ScriptedLlm.text(said + (judge ? ",\"lean\":" + lean + "}" : "}"))
          .answer(request, call);
    });
  }

  private DebateModels models(LlmClient client) {
    return DebateModels.of(client, pool, () -> 0);
  }

  private ResearchDesk.Builder desk(LlmClient client, double band) {
    return ResearchDesk.standard(Preset.STANDARD)
        .minSafety(0)
        .debate(Debate.builder(DebateGraph.tradingAgents(1, 1))
            .models(models(client))
            .band(band)
            .build());
  }

  private static byte[] bytes(DecisionRecord record) {
    return DecisionRecordJson.write(record);
  }

  private DecisionRecord played(DecisionRecord record) {
    try (Cassette cassette = Cassette.openReadOnly(folder.resolve("cassette"))) {
      LlmClient replay = CassetteClient.replay(cassette, ScriptedLlm.MODEL, Replay.uses(record));
      assertThat(Replay.verify(record, SNAPSHOT, models(replay))).isEmpty();
      return desk(replay, Double.parseDouble(record.settings().get("debate.band")))
          .build()
          .run(SNAPSHOT, SESSION)
          .record();
    }
  }

  @Test
  void whenModelsSpokeAndWereRecorded_thenTheDecisionReplaysToTheSameBytes() {
    DecisionRecord record;
    try (Cassette cassette = Cassette.open(folder.resolve("cassette"))) {
      record = desk(CassetteClient.record(leaning("-0.25"), cassette), 0.1)
          .build()
          .run(SNAPSHOT, SESSION)
          .record();
    }
    assertThat(record.deliberations()).hasSize(4);
    assertThat(record.settings()).containsEntry("debate.quick", "scripted/scripted-1");
    assertThat(record.inputs()).containsKeys("debate.graph", "debate.prompts");
    DecisionRecord read = DecisionRecordJson.read(bytes(record));
    assertThat(bytes(played(read))).isEqualTo(bytes(record));
    assertThatThrownBy(() -> Replay.verify(record, SNAPSHOT))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void whenAModelHung_thenTheDeskAnsweredAndTheDecisionReplaysToTheSameBytes() {
    CountDownLatch never = new CountDownLatch(1);
    DecisionRecord record;
    try (Cassette cassette = Cassette.open(folder.resolve("cassette"))) {
      ScriptedLlm hangs = ScriptedLlm.always(ScriptedLlm.silence(never));
      record = desk(CassetteClient.record(hangs, cassette), 0.1)
          .deadline(Duration.ofSeconds(3))
          .build()
          .run(SNAPSHOT, SESSION)
          .record();
      never.countDown();
      assertThat(record.recommendations()).isNotEmpty();
      assertThat(Replay.uses(record))
          .hasSize(4)
          .allMatch(use -> use.outcome().equals("QILIN-3103"));
      assertThat(record.deliberations()).allMatch(one -> one.flags().contains(Debate.DEGRADED));
      assertThat(bytes(played(record))).isEqualTo(bytes(record));
    }
  }

  @Test
  void whenAModelIsForOrAgainst_thenScoresMoveWithinTheBandAndNoFurther() {
    DecisionRecord rules =
        desk(ScriptedLlm.of(), 0.05).build().run(SNAPSHOT, SESSION).record();
    DecisionRecord against =
        desk(leaning("-1"), 0.05).build().run(SNAPSHOT, SESSION).record();
    for (Candidate before : rules.candidates()) {
      Candidate after = against.candidates().stream()
          .filter(one -> one.symbol().equals(before.symbol()))
          .findFirst()
          .orElseThrow();
      boolean debated =
          against.deliberations().stream().anyMatch(one -> one.about().equals(before.symbol()));
      assertThat(after.score())
          .isEqualTo(
              Double.valueOf(debated ? Math.max(-1, before.score() - 0.05) : before.score()));
    }
    DecisionRecord none = desk(leaning("1"), 0).build().run(SNAPSHOT, SESSION).record();
    assertThat(none.candidates()).isEqualTo(rules.candidates());
  }

  @Test
  void whenAModelPraisesAShareThatAGateHeldBack_thenItStaysHeldBack() {
    DecisionRecord record =
        desk(leaning("1"), 1).minSafety(1).build().run(SNAPSHOT, SESSION).record();
    assertThat(record.recommendations()).isEmpty();
    assertThat(record.deliberations()).isEmpty();
    assertThat(record.candidates())
        .extracting(Candidate::outcome)
        .containsOnly("risk", "all-abstained");
  }

  @Test
  void whenShareIsRecommended_thenItsReasonsNameWhatSpeaksAgainstIt() {
    DeskResult result =
        ResearchDesk.standard(Preset.STANDARD).minSafety(0).build().run(SNAPSHOT, SESSION);
    assertThat(result.recommendations()).isNotEmpty();
    assertThat(result.recommendations())
        .allSatisfy(one -> assertThat(one.reasons())
            .anyMatch(reason -> reason.startsWith("against it: "))
            .anyMatch(reason -> reason.startsWith("debate of 8 turns, portfolio-manager: ")));
  }

  @Test
  void whenAThousandDecisionsWereRecorded_thenEachReplaysToTheSameBytes() {
    Bars bars = DeskMarkets.random(7, 130, 5);
    Snapshots snapshots = Snapshots.from(bars, DeskMarkets.statuses(bars.panel()));
    List<LocalDate> days = snapshots.days();
    Set<Symbol> judged = new HashSet<>();
    int replayed = 0;
    for (int round = 0; replayed < 1000; round++) {
      ResearchDesk desk = ResearchDesk.standard(round % 2 == 0 ? Preset.STANDARD : Preset.LEGACY)
          .minSafety(0)
          .minScore(-1 + round * 0.001)
          .debate(Debate.builder(DebateGraph.brief()).seed(round).build())
          .build();
      for (int d = 61; d + 1 < days.size() && replayed < 1000; d++) {
        MarketSnapshot snapshot = snapshots.at(days.get(d));
        byte[] recorded = bytes(desk.run(snapshot, days.get(d + 1)).record());
        DecisionRecord read = DecisionRecordJson.read(recorded);
        assertThat(Replay.verify(read, snapshot)).isEmpty();
        read.candidates().forEach(one -> judged.add(one.symbol()));
        replayed++;
      }
    }
    assertThat(judged).hasSizeGreaterThan(4);
  }
}
