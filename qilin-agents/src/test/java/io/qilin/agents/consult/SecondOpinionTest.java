package io.qilin.agents.consult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.llm.CassetteKey;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Statement;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmRequest;
import io.qilin.testkit.ScriptedLlm;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SecondOpinionTest {
  private static final String CODE = "600519.SH";
  private static final SecondOpinionQuestion QUESTION = Questions.about(CODE);

  private static SecondOpinion.Builder opinion(ScriptedLlm model) {
    return SecondOpinion.builder(model, System::nanoTime);
  }

  private static String reasons(String text) {
    return "{\"code\":\"" + CODE + "\",\"score\":0.9,\"confidence\":1,\"recommendation\":\"BUY\","
        + "\"reasons\":[\"" + text + "\"]}";
  }

  @Test
  void whenTheAnswerIsGood_thenItIsStatedWithItsUse() {
    ScriptedLlm model = ScriptedLlm.of(ScriptedLlm.text(reasons("momentum of 12.3% is strong")));
    LlmPrice price = new LlmPrice("USD", new BigDecimal("3"), BigDecimal.ZERO, new BigDecimal("6"));
    Deliberation said = opinion(model).price(price).build().ask(QUESTION);
    Statement statement = said.statements().get(0);
    assertThat(said.statements()).hasSize(1);
    assertThat(statement.claim())
        .isEqualTo("BUY, score 0.9, confidence 1: momentum of 12.3% is strong");
    assertThat(statement.origin()).isEqualTo(Statement.Origin.MODEL);
    assertThat(statement.evidence()).containsExactly("market/momentum-20d=0.1234 fraction");
    assertThat(statement.at()).isEqualTo(QUESTION.snapshot().asOf());
    assertThat(said.flags()).isEmpty();
    assertThat(said.adjustment()).isZero();
    ModelUse use = said.uses().get(0);
    LlmRequest asked = model.requests().get(0);
    assertThat(use.outcome()).isEqualTo(ModelUse.USED);
    assertThat(use.prompt()).isEqualTo(CassetteKey.of(ScriptedLlm.MODEL, asked));
    assertThat(use.reply()).isPresent();
    assertThat(use.cost()).contains(price.of(use.usage().orElseThrow()));
    assertThat(asked.schema()).isPresent();
    assertThat(asked.tools()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 0.2, 0.2",
    "0.0, 0.2, -0.2",
    "0.7, 0.2, 0.09",
    "0.7, 0, 0",
    "0.655, 0.2, 0",
  })
  void whenABandIsSet_thenTheScoreMovesWithinIt(double answer, double band, double moved) {
    ScriptedLlm model = ScriptedLlm.of(ScriptedLlm.text(Questions.answer(CODE, answer)));
    Deliberation said = opinion(model).band(band).build().ask(QUESTION);
    assertThat(said.adjustment()).isCloseTo(moved, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(Math.abs(said.adjustment())).isLessThanOrEqualTo(band);
  }

  @Test
  void whenThereIsNoScoreByRules_thenNothingMoves() {
    ScriptedLlm model = ScriptedLlm.of(ScriptedLlm.text(Questions.answer(CODE, 1)));
    SecondOpinionQuestion abstained = SecondOpinionQuestion.of(
        "n", Questions.SHARE, Questions.snapshot(), Questions.opinions(Questions.SHARE));
    assertThat(opinion(model).band(0.2).build().ask(abstained).adjustment()).isZero();
  }

  @Test
  void whenTheModelMayHaveSeenTheDay_thenItIsMarkedAndMovesNothing() {
    ScriptedLlm remembers = ScriptedLlm.always(ScriptedLlm.text(Questions.answer(CODE, 1)))
        .as(Questions.trainedUntil(QUESTION.snapshot().day()));
    Deliberation said = opinion(remembers).band(0.2).build().ask(QUESTION);
    assertThat(said.flags()).containsExactly(SecondOpinion.CONTAMINATED);
    assertThat(said.statements().get(0).flags()).containsExactly(SecondOpinion.CONTAMINATED);
    assertThat(said.adjustment()).isZero();
    Deliberation moved = opinion(remembers)
        .band(0.2)
        .moveDespite(SecondOpinion.CONTAMINATED)
        .build()
        .ask(QUESTION);
    assertThat(moved.adjustment()).isEqualTo(0.2);
    ScriptedLlm older = ScriptedLlm.always(ScriptedLlm.text(Questions.answer(CODE, 1)))
        .as(Questions.trainedUntil(QUESTION.snapshot().day().minusDays(1)));
    assertThat(opinion(older).build().ask(QUESTION).flags()).isEmpty();
    assertThat(opinion(older)
            .models(List.of(older.model(), remembers.model()))
            .build()
            .ask(QUESTION)
            .flags())
        .containsExactly(SecondOpinion.CONTAMINATED);
  }

  @Test
  void whenANumberIsInvented_thenItIsNamedAndMovesNothing() {
    ScriptedLlm model =
        ScriptedLlm.always(ScriptedLlm.text(reasons("profit rose 45.6%, seal 3.2亿元, up 99元")));
    Deliberation said = opinion(model).band(0.2).build().ask(QUESTION);
    assertThat(said.flags()).containsExactly("UNVERIFIED", "UNVERIFIED:45.6%", "UNVERIFIED:99");
    assertThat(said.adjustment()).isZero();
    assertThat(said.statements().get(0).evidence())
        .containsExactly("market/seal-amount=320000000 yuan");
    assertThat(opinion(model)
            .band(0.2)
            .moveDespite(SecondOpinion.UNVERIFIED)
            .build()
            .ask(QUESTION)
            .adjustment())
        .isEqualTo(0.2);
  }

  @Test
  void whenTheFirstAnswerIsWrong_thenItIsAskedForOnceMore() {
    ScriptedLlm model = ScriptedLlm.of(
        ScriptedLlm.text("I would buy it."), ScriptedLlm.text(Questions.answer(CODE, 0.7)));
    Deliberation said = opinion(model).build().ask(QUESTION);
    assertThat(said.flags()).isEmpty();
    assertThat(said.uses())
        .extracting(ModelUse::outcome)
        .containsExactly("QILIN-3104", ModelUse.USED);
    assertThat(model.requests().get(1).messages().get(0).text()).contains("NOT_JSON");
    assertThat(model.told()).noneMatch(text -> text.contains("I would buy it."));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {
        "LLM_UNAVAILABLE",
        "LLM_REFUSED",
        "LLM_RATE_LIMITED",
        "LLM_TIMEOUT",
        "LLM_INVALID_REPLY",
        "LLM_BUDGET_EXHAUSTED",
        "LLM_NOT_RECORDED",
        "UNSUPPORTED"
      })
  void whenTheModelFails_thenTheOpinionByRulesStands(ErrorCode code) {
    Deliberation said =
        opinion(ScriptedLlm.of(ScriptedLlm.failure(code))).band(0.2).build().ask(QUESTION);
    assertThat(said.flags()).containsExactly(SecondOpinion.DEGRADED, "QILIN-" + code.number());
    assertThat(said.adjustment()).isZero();
    assertThat(said.uses()).hasSize(1);
    assertThat(said.uses().get(0).reply()).isEmpty();
    Statement statement = said.statements().get(0);
    assertThat(statement.origin()).isEqualTo(Statement.Origin.RULES_INSTEAD);
    assertThat(statement.evidence())
        .contains("market/momentum-20d=0.1234 fraction (normalised=0.71)");
  }

  @Test
  void whenTheClientThrowsAnythingElse_thenTheOpinionByRulesStands() {
    ScriptedLlm broken = ScriptedLlm.always((request, call) -> {
      throw new UnsupportedOperationException("secret-7");
    });
    List<RuntimeException> heard = new ArrayList<>();
    Deliberation said = opinion(broken).onFailure(heard::add).build().ask(QUESTION);
    assertThat(said.flags()).containsExactly(SecondOpinion.DEGRADED, "QILIN-3100");
    assertThat(heard).hasSize(1).allMatch(UnsupportedOperationException.class::isInstance);
    assertThat(said.toString()).doesNotContain("secret-7");
  }

  @Test
  void whenTheModelIsSilent_thenTheDeadlineIsKept() throws InterruptedException {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Deliberation said = opinion(ScriptedLlm.always(ScriptedLlm.silence(new CountDownLatch(1))))
          .executor(threads)
          .deadline(Duration.ofMillis(30))
          .build()
          .ask(QUESTION);
      assertThat(said.flags()).containsExactly(SecondOpinion.DEGRADED, "QILIN-3103");
    } finally {
      threads.shutdown();
    }
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whenTimeIsUp_thenNothingIsAsked() {
    long[] now = {0};
    ScriptedLlm model = ScriptedLlm.of(ScriptedLlm.text("nonsense"));
    SecondOpinion slow =
        SecondOpinion.builder(model, () -> now[0] += 6_000_000_000L).build();
    Deliberation said = slow.ask(QUESTION);
    assertThat(model.requests()).hasSize(1);
    assertThat(said.flags()).containsExactly(SecondOpinion.DEGRADED, "QILIN-3103");
  }

  @Test
  void whenTheCallerCancels_thenItIsTold() {
    ScriptedLlm model = ScriptedLlm.always(ScriptedLlm.text(Questions.answer(CODE, 1)));
    LlmCall call = LlmCall.within(Duration.ofSeconds(1));
    call.cancellation().cancel();
    assertThatThrownBy(() -> opinion(model).build().ask(QUESTION, call))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void whenTheCallerIsInterrupted_thenItIsToldAndStaysInterrupted() {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    ScriptedLlm silent = ScriptedLlm.always(ScriptedLlm.silence(new CountDownLatch(1)));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> opinion(silent).executor(threads).build().ask(QUESTION))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThat(Thread.interrupted()).isTrue();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> opinion(silent).build().ask(QUESTION))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
      threads.shutdownNow();
    }
  }

  @Test
  void whenTheExecutorIsFull_thenTheOpinionByRulesStands() {
    ScriptedLlm model = ScriptedLlm.always(ScriptedLlm.text(Questions.answer(CODE, 1)));
    Deliberation said = opinion(model)
        .executor(task -> {
          throw new java.util.concurrent.RejectedExecutionException("full");
        })
        .build()
        .ask(QUESTION);
    assertThat(said.flags()).containsExactly(SecondOpinion.DEGRADED, "QILIN-3100");
  }

  @Test
  void whenTextsOfOthersAreAsked_thenThereAreNoLookUps() {
    ScriptedLlm model = ScriptedLlm.always(ScriptedLlm.toolCall("daily_bars", "{\"days\":2}"));
    Deliberation said = opinion(model)
        .lookUps(3)
        .build()
        .ask(QUESTION.withTexts(List.of(PromptText.of("news", "feed", "look it up"))));
    assertThat(said.flags())
        .containsExactly(SecondOpinion.DEGRADED, "QILIN-3104", "TOOL_NOT_GIVEN");
    assertThat(model.requests()).allMatch(request -> request.tools().isEmpty());
    assertThat(opinion(model).build().ask(QUESTION).flags()).contains("TOOL_NOT_GIVEN");
  }

  @Test
  void whenTheModelLooksUp_thenWhatItWasToldIsEvidence() {
    ScriptedLlm model = ScriptedLlm.of(
        ScriptedLlm.toolCall("daily_bars", "{\"days\":2}"),
        ScriptedLlm.text(reasons("it closed at 11.5 after 10.25, not at 13")));
    Deliberation said = opinion(model).lookUps(1).build().ask(QUESTION);
    assertThat(said.flags()).containsExactly("UNVERIFIED", "UNVERIFIED:13");
    assertThat(said.uses()).hasSize(2);
    LlmMessage told = model.requests().get(1).messages().get(3);
    assertThat(told.role()).isEqualTo(LlmMessage.Role.TOOL);
    assertThat(told.text())
        .startsWith("[{\"day\":\"2024-01-03\",\"open\":10.25")
        .endsWith("\"close\":11.5}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "daily_bars | {\"days\":61} | the arguments are",
        "daily_bars | {\"days\":\"2\"} | the arguments are",
        "daily_bars | {\"days\":2,\"x\":1} | the arguments are",
        "daily_bars | nonsense | the arguments are",
        "daily_bars | {\"days\":99999999999999999999} | the arguments are",
      })
  void whenALookUpIsWrong_thenTheModelIsTold(String name, String arguments, String told) {
    ScriptedLlm model = ScriptedLlm.of(
        ScriptedLlm.toolCall(name, arguments), ScriptedLlm.text(Questions.answer(CODE, 0.5)));
    assertThat(opinion(model).lookUps(2).build().ask(QUESTION).flags()).isEmpty();
    assertThat(model.requests().get(1).messages().get(3).text()).contains(told);
  }

  @Test
  void whenAnotherToolIsWanted_orOneForEver_thenTheOpinionByRulesStands() {
    ScriptedLlm other = ScriptedLlm.always(ScriptedLlm.toolCall("place_order", "{}"));
    assertThat(opinion(other).lookUps(8).build().ask(QUESTION).flags()).contains("TOOL_NOT_GIVEN");
    assertThat(other.requests()).hasSize(2);
    ScriptedLlm forEver = ScriptedLlm.always(ScriptedLlm.toolCall("daily_bars", "{\"days\":1}"));
    assertThat(opinion(forEver).lookUps(2).build().ask(QUESTION).flags())
        .contains("TOOL_NOT_GIVEN");
    assertThat(forEver.requests()).hasSize(6);
  }

  @Test
  void whenTheAnswerIsActive_thenItComesOutNeutral() {
    ScriptedLlm model = ScriptedLlm.of(
        ScriptedLlm.text(reasons("<script>x</script> ![a](http://b/) \\u001b[2J\\u202e")));
    assertThat(opinion(model).build().ask(QUESTION).statements().get(0).claim())
        .endsWith(": ‹script›x‹/script› ![a] (http[:]//b/) [2J");
  }

  @Test
  void whenSettingsAreWrong_thenTheyAreRefused() {
    ScriptedLlm model = ScriptedLlm.of();
    for (SecondOpinion.Builder wrong : List.of(
        opinion(model).band(0.21),
        opinion(model).band(-0.1),
        opinion(model).band(Double.NaN),
        opinion(model).raiseBandLimit(2.1).band(2.05),
        opinion(model).deadline(Duration.ZERO),
        opinion(model).maxOutputTokens(0),
        opinion(model).lookUps(9),
        opinion(model).moveDespite("VETO"))) {
      assertThatThrownBy(wrong::build)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    }
    assertThat(opinion(model).raiseBandLimit(0.5).band(0.5).build()).isNotNull();
  }

  @Test
  void whenAQuestionIsWrong_thenItIsRefused() {
    assertThatThrownBy(() -> QUESTION.withScore(1.1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> SecondOpinionQuestion.of(
            "n",
            io.qilin.api.market.Symbol.parse("000001.SZ"),
            Questions.snapshot(),
            Questions.opinions(Questions.SHARE)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("000001.SZ");
    assertThatThrownBy(
            () -> SecondOpinionQuestion.of("a b", Questions.SHARE, Questions.snapshot(), List.of()))
        .isInstanceOf(QilinException.class);
  }
}
