package io.qilin.agents.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Statement;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.ScriptedLlm;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DebateTest {
  private static final ExecutorService POOL = Executors.newCachedThreadPool();
  private static final DebateGraph GRAPH = DebateGraph.tradingAgents(1, 1);
  private static final DebateListener NOBODY = (file, turn, said, use) -> {};
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String SAID =
      "{\"claim\":\"the trend of 12.3 % holds, as #1 says\",\"evidence\":[\"market/trend-50d\"]}";
  private static final String JUDGED = "{\"claim\":\"buy\",\"evidence\":[],\"lean\":0.5}";

  @AfterAll
  static void end() {
    POOL.shutdownNow();
  }

  /** Answers a judge with a lean and anybody else with a claim. */
  private static ScriptedLlm sensible() {
    return ScriptedLlm.always((request, call) -> {
      boolean judge = request.messages().get(0).text().contains("You judge what was said");
      return ScriptedLlm.text(judge ? JUDGED : SAID).answer(request, call);
    });
  }

  private static Deliberation hold(Debate.Builder debate) {
    return debate.build().hold(List.of(Cases.file()), Map::of, LONG, NOBODY).get(0);
  }

  private static Debate.Builder by(ScriptedLlm model) {
    return Debate.builder(GRAPH).models(DebateModels.of(model, POOL, () -> 0)).band(0.1);
  }

  @Test
  void whenRulesSpeak_thenTheyArgueFromTheEvidenceAndAnswerByNumber() {
    Deliberation said = hold(Debate.builder(GRAPH).band(1));
    assertThat(said.statements()).hasSize(8);
    assertThat(said.statements())
        .allMatch(one -> one.origin() == Statement.Origin.RULES && one.about().equals(Cases.SHARE));
    Statement first = said.statements().get(0);
    Statement second = said.statements().get(1);
    assertThat(List.of(first.from(), second.from())).containsExactlyInAnyOrder("bull", "bear");
    Statement bull = first.from().equals("bull") ? first : second;
    Statement bear = first.from().equals("bull") ? second : first;
    assertThat(bull.evidence())
        .containsExactly(
            "risk-manager/liquidity-20d=0.001 fraction", "market/trend-50d=0.1234 fraction");
    assertThat(bear.evidence())
        .containsExactly(
            "risk-manager/drawdown-250d=0.55 fraction", "market/volatility-20d=0.0456 fraction");
    assertThat(second.claim())
        .contains("against #1, which rests on " + first.evidence().get(0));
    assertThat(said.statements().get(2).claim())
        .matches("0\\.[0-9]+ of the score speaks for it, 0\\.[0-9]+ against it");
    assertThat(said.statements().get(2).evidence())
        .containsExactly(
            "risk-manager/liquidity-20d=0.001 fraction",
            "risk-manager/drawdown-250d=0.55 fraction");
    assertThat(said.statements().get(2).to()).isEqualTo("trader");
    assertThat(said.adjustment()).isZero();
    assertThat(said.uses()).isEmpty();
    assertThat(said.flags()).isEmpty();
    assertThat(hold(Debate.builder(GRAPH).band(1))).isEqualTo(said);
    assertThat(hold(Debate.builder(GRAPH).seed(1)).statements().get(0).from())
        .isNotEqualTo(first.from());
  }

  @Test
  void whenThereIsNoEvidence_thenRulesSaySo() {
    CaseFile file = Cases.file();
    CaseFile bare = new CaseFile(
        file.about(),
        file.day(),
        file.session(),
        file.asOf(),
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of());
    Deliberation said =
        Debate.builder(GRAPH).build().hold(List.of(bare), Map::of, LONG, NOBODY).get(0);
    assertThat(said.statements()).allMatch(one -> one.evidence().isEmpty());
    assertThat(said.statements().get(0).claim()).startsWith("nothing more speaks");
  }

  @Test
  void whenModelsSpeak_thenTheLastJudgeMovesTheScoreWithinTheBand() {
    ScriptedLlm model = sensible();
    Deliberation said = hold(by(model));
    assertThat(said.statements()).allMatch(one -> one.origin() == Statement.Origin.MODEL);
    assertThat(said.statements()).allMatch(one -> one.flags().isEmpty());
    assertThat(said.statements().get(0).evidence())
        .containsExactly("market/trend-50d=0.1234 fraction");
    assertThat(said.adjustment()).isEqualTo(0.05);
    assertThat(said.uses()).hasSize(8).allMatch(use -> use.outcome().equals(ModelUse.USED));
    assertThat(said.uses()).extracting(ModelUse::node).contains("debate/bull-2", "debate/trader-4");
    assertThat(said.uses())
        .allMatch(use -> use.reply().isPresent() && use.usage().isPresent());
    assertThat(said.flags()).isEmpty();
    assertThat(hold(by(sensible()).band(0)).adjustment()).isZero();
    assertThat(model.requests()).allMatch(request -> request.tools().isEmpty());
    assertThat(model.told()).anyMatch(text -> text.contains("market/trend-50d"));
  }

  @Test
  void whenThePriceIsKnown_thenEveryUseTellsItsCost() {
    ScriptedLlm model = sensible();
    LlmPrice price =
        new LlmPrice("CNY", new BigDecimal("2"), new BigDecimal("0.2"), new BigDecimal("8"));
    DebateModels models =
        DebateModels.of(model, POOL, () -> 0).withPrice(model.model().toString(), price);
    Deliberation said = hold(Debate.builder(GRAPH).models(models));
    assertThat(said.uses())
        .hasSize(8)
        .allSatisfy(use -> assertThat(use.cost()).contains(price.of(use.usage().orElseThrow())));
    assertThat(hold(by(sensible())).uses()).allMatch(use -> use.cost().isEmpty());
    assertThat(hold(Debate.builder(GRAPH)
                .models(
                    DebateModels.of(sensible(), POOL, () -> 0).withPrice("another/model", price)))
            .uses())
        .allMatch(use -> use.cost().isEmpty());
  }

  @Test
  void whenTheTiersDiffer_thenTheDeepModelJudges() {
    LlmModel large = new LlmModel(
        "scripted", "large", ScriptedLlm.MODEL.capabilities(), 1000, 1000, Optional.empty());
    DebateModels models = new DebateModels(
        sensible(), sensible().as(large), POOL, () -> 0, Duration.ofSeconds(9), 99);
    Deliberation said = hold(Debate.builder(GRAPH).models(models));
    assertThat(said.uses())
        .filteredOn(use -> use.model().equals("scripted/large"))
        .extracting(ModelUse::node)
        .containsExactly("debate/research-manager-3", "debate/portfolio-manager-8");
  }

  @Test
  void whenAnAnswerIsOfAnotherForm_thenRulesSpeakInstead() {
    List<String> bad = List.of(
        "",
        "buy!",
        "{\"claim\":\"x\"}",
        "{\"claim\":\"x\",\"evidence\":[],\"order\":\"BUY\"}",
        "{\"claim\":\"  \",\"evidence\":[]}",
        "{\"claim\":\"x\",\"evidence\":\"all\"}",
        "{\"claim\":\"" + "y".repeat(5000) + "\",\"evidence\":[]}",
        "[".repeat(10_000));
    for (String answer : bad) {
      Deliberation said = hold(by(ScriptedLlm.of(ScriptedLlm.text(answer))));
      assertThat(said.statements().get(0).origin()).isEqualTo(Statement.Origin.RULES_INSTEAD);
      assertThat(said.uses().get(0).outcome()).isEqualTo("QILIN-3104");
      assertThat(said.flags()).containsExactly(Debate.DEGRADED);
      assertThat(said.adjustment()).isZero();
    }
    for (String lean : List.of("2", "\"NaN\"", "\"Infinity\"", "-1.01")) {
      Deliberation said = hold(by(ScriptedLlm.always(
          ScriptedLlm.text("{\"claim\":\"x\",\"evidence\":[],\"lean\":" + lean + "}"))));
      assertThat(said.adjustment()).isZero();
      assertThat(said.uses()).allMatch(use -> use.outcome().equals("QILIN-3104"));
    }
    assertThat(hold(by(ScriptedLlm.of(ScriptedLlm.cutOff(SAID)))).uses().get(0).outcome())
        .isEqualTo("QILIN-3104");
  }

  @Test
  void whenAnAnswerIsFenced_thenItIsRead() {
    Deliberation said = hold(by(ScriptedLlm.of(ScriptedLlm.text("```json\n" + SAID + "\n```"))));
    assertThat(said.statements().get(0).origin()).isEqualTo(Statement.Origin.MODEL);
  }

  @Test
  void whenAJudgeQuotesWhatNobodyMeasured_thenItIsMarkedAndMovesNothing() {
    Deliberation said = hold(by(ScriptedLlm.always(ScriptedLlm.text(
        "{\"claim\":\"it will rise by 77.7 %\",\"evidence\":[\"tip/insider\"],\"lean\":1}"))));
    Statement judge = said.statements().get(7);
    assertThat(judge.origin()).isEqualTo(Statement.Origin.MODEL);
    assertThat(judge.flags()).contains("UNVERIFIED").anyMatch(flag -> flag.contains("77.7"));
    assertThat(judge.evidence()).isEmpty();
    assertThat(said.adjustment()).isZero();
  }

  @Test
  void whenTheModelMaySeeTheDayInItsTraining_thenItMovesNothing() {
    LlmModel knows = new LlmModel(
        "scripted",
        "knows",
        ScriptedLlm.MODEL.capabilities(),
        1000,
        1000,
        Optional.of(Cases.file().day()));
    Deliberation said = hold(by(sensible().as(knows)));
    assertThat(said.statements()).allMatch(one -> one.flags().contains("CONTAMINATED"));
    assertThat(said.adjustment()).isZero();
  }

  @Test
  void whenAModelFails_thenOnlyThatTurnIsByRules() {
    ScriptedLlm.Step fails = ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE);
    Deliberation said = hold(by(ScriptedLlm.of(
        ScriptedLlm.text(SAID),
        fails,
        ScriptedLlm.text(JUDGED),
        (request, call) -> {
          throw new IndexOutOfBoundsException("a client with a defect");
        },
        ScriptedLlm.text(SAID))));
    assertThat(said.statements())
        .extracting(Statement::origin)
        .startsWith(
            Statement.Origin.MODEL,
            Statement.Origin.RULES_INSTEAD,
            Statement.Origin.MODEL,
            Statement.Origin.RULES_INSTEAD,
            Statement.Origin.MODEL,
            Statement.Origin.RULES_INSTEAD);
    assertThat(said.uses()).hasSize(8);
    assertThat(said.uses().get(3).outcome()).isEqualTo("QILIN-3100");
    assertThat(said.adjustment()).as("the last judge failed").isZero();
  }

  @Test
  void whenTheBudgetIsUsedUp_thenNothingMoreIsAsked() {
    for (ErrorCode code : List.of(ErrorCode.LLM_BUDGET_EXHAUSTED, ErrorCode.LLM_TIMEOUT)) {
      ScriptedLlm model = ScriptedLlm.of(
          ScriptedLlm.text(SAID), ScriptedLlm.failure(code), ScriptedLlm.text(JUDGED));
      Deliberation said = hold(by(model));
      assertThat(model.requests()).hasSize(2);
      assertThat(said.uses()).hasSize(2);
      assertThat(said.uses().get(1).outcome()).isEqualTo("QILIN-" + code.number());
      assertThat(said.statements()).hasSize(8);
    }
  }

  @Test
  void whenAModelHangs_thenTheDebateEndsAtItsDeadlineByRules() {
    CountDownLatch never = new CountDownLatch(1);
    ScriptedLlm model = ScriptedLlm.of(
        ScriptedLlm.text(SAID), ScriptedLlm.silence(never), ScriptedLlm.text(JUDGED));
    List<Deliberation> said =
        by(model).build().hold(List.of(Cases.file()), Map::of, Duration.ofSeconds(3), NOBODY);
    never.countDown();
    Deliberation one = said.get(0);
    assertThat(one.statements()).hasSize(8);
    assertThat(one.uses()).hasSize(2);
    assertThat(one.uses().get(1).outcome()).isEqualTo("QILIN-3103");
    assertThat(one.flags()).contains(Debate.DEGRADED);
  }

  @Test
  void whenNoTimeIsLeftOrNoThread_thenRulesSpeakAndTheRecordSaysWhy() {
    ScriptedLlm model = sensible();
    Deliberation late = by(model)
        .build()
        .hold(List.of(Cases.file()), Map::of, Duration.ofNanos(-1), NOBODY)
        .get(0);
    assertThat(late.uses()).extracting(ModelUse::outcome).containsExactly("QILIN-3103");
    DebateModels refused = DebateModels.of(
        model,
        task -> {
          throw new RejectedExecutionException("full");
        },
        () -> 0);
    Deliberation full = hold(Debate.builder(GRAPH).models(refused));
    assertThat(full).isEqualTo(late);
    assertThat(full.statements()).allMatch(one -> one.origin() == Statement.Origin.RULES_INSTEAD);
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void whenSeveralSharesAreDebated_thenTheirOrderIsKeptAndTheRestLeftOut() {
    List<CaseFile> files = new ArrayList<>();
    for (int k = 1; k <= 6; k++) {
      files.add(Cases.file(Symbol.parse("60000" + k + ".SH")));
    }
    Debate debate = by(sensible()).candidates(5).build();
    List<Deliberation> said = debate.hold(files, Map::of, LONG, NOBODY);
    assertThat(said)
        .extracting(one -> one.about().code())
        .containsExactly("600001", "600002", "600003", "600004", "600005");
    assertThat(said).extracting(one -> one.statements().get(0).from()).contains("bull", "bear");
    assertThat(debate.hold(files, Map::of, LONG, NOBODY)).isEqualTo(said);
  }

  @Test
  void whenSettingsAreOutOfRange_thenTheyAreRefused() {
    assertThatThrownBy(() -> Debate.builder(GRAPH).band(1.01).build())
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> Debate.builder(GRAPH).band(Double.NaN).build())
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> Debate.builder(GRAPH).candidates(-1).build())
        .isInstanceOf(QilinException.class);
    Debate debate = Debate.builder(GRAPH).band(0.05).candidates(3).seed(-7).build();
    assertThat(Debate.of(debate.settings()).build().settings()).isEqualTo(debate.settings());
    assertThatThrownBy(() -> Debate.of(Map.of("graph", "mine")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_MISMATCH));
  }
}
