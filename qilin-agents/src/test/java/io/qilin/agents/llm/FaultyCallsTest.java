package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.consult.Questions;
import io.qilin.agents.consult.SecondOpinion;
import io.qilin.agents.consult.SecondOpinionQuestion;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.testkit.ScriptedLlm;
import io.qilin.testkit.SettableClock;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ten thousand calls of a model that fails in every way. */
class FaultyCallsTest {
  private static final String CODE = "600519.SH";
  private static final int CALLS = 10_000;
  private static final List<ErrorCode> CODES = List.of(
      ErrorCode.LLM_UNAVAILABLE,
      ErrorCode.LLM_REFUSED,
      ErrorCode.LLM_RATE_LIMITED,
      ErrorCode.LLM_TIMEOUT,
      ErrorCode.LLM_INVALID_REPLY,
      ErrorCode.UNSUPPORTED);
  private static final List<ScriptedLlm.Step> STEPS = List.of(
      ScriptedLlm.text("garbage"),
      ScriptedLlm.text("<html>502</html>"),
      ScriptedLlm.text(""),
      ScriptedLlm.cutOff("{\"code\":"),
      ScriptedLlm.toolCall("place_order", "{}"),
      ScriptedLlm.text(Questions.answer(CODE, 62)),
      ScriptedLlm.text(Questions.answer("000001.SZ", 0.9)),
      (request, call) -> {
        throw new UnsupportedOperationException("a broken client");
      });

  /** Takes a step at random, and counts by itself what the budget must count. */
  private static final class Faults implements ScriptedLlm.Step {
    private final SplittableRandom random = new SplittableRandom(11);
    private long expected;
    private int calls;

    @Override
    public LlmReply answer(LlmRequest request, LlmCall call) {
      calls++;
      long worst = BudgetTokens.prompt(request) + request.maxOutputTokens();
      int fate = random.nextInt(CODES.size() + STEPS.size());
      if (fate < CODES.size()) {
        ErrorCode code = CODES.get(fate);
        boolean free = code == ErrorCode.LLM_RATE_LIMITED || code == ErrorCode.UNSUPPORTED;
        expected += free ? 0 : worst;
        throw new QilinException(code, "made");
      }
      ScriptedLlm.Step step = STEPS.get(fate - CODES.size());
      if (fate == CODES.size() + STEPS.size() - 1) {
        expected += worst;
      }
      LlmReply reply = step.answer(request, call);
      expected += reply.usage().orElseThrow().total();
      return reply;
    }
  }

  @Test
  void whenEveryCallIsFaulty_thenNoDecisionIsLostAndTheBudgetIsExact() {
    Faults faults = new Faults();
    LlmBudget budget = LlmBudget.builder(
            BudgetCap.ofTokens(15_000_000), SettableClock.at("2024-01-02T20:00:00+08:00"))
        .build();
    SecondOpinion opinion = SecondOpinion.builder(
            BudgetedClient.of(ScriptedLlm.always(faults), budget.run("test")), () -> 0)
        .band(0.2)
        .build();
    SecondOpinionQuestion question = Questions.bare(CODE);
    int asked = 0;
    int refused = 0;
    int used = 0;
    int lost = 0;
    while (used < CALLS) {
      Deliberation said = opinion.ask(question);
      asked++;
      used += said.uses().size();
      boolean stands = said.flags().contains(SecondOpinion.DEGRADED)
          && said.adjustment() == 0
          && said.statements().size() == 1;
      lost += stands ? 0 : 1;
      for (ModelUse use : said.uses()) {
        refused += use.outcome().equals("QILIN-3105") ? 1 : 0;
      }
    }
    assertThat(lost).isZero();
    assertThat(asked).isBetween(CALLS / 2, CALLS);
    assertThat(faults.calls + refused).isEqualTo(used);
    assertThat(refused).as("the budget ends before the calls do").isPositive();
    assertThat(budget.usedToday().tokens()).isEqualTo(faults.expected);
    assertThat(budget.usedToday().tokens()).isLessThanOrEqualTo(15_000_000);
  }
}
