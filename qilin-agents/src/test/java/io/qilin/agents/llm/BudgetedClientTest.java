package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmUsage;
import io.qilin.testkit.ScriptedLlm;
import io.qilin.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetedClientTest {
  private static final LlmCall CALL = LlmCall.within(Duration.ofSeconds(1));
  private static final LlmRequest REQUEST =
      LlmRequest.of(List.of(LlmMessage.user("0123456789")), 100);
  /** 64 + 16 + 10 + 100. */
  private static final long WORST = 190;

  private static final LlmPrice PRICE =
      new LlmPrice("USD", new BigDecimal("1000"), new BigDecimal("100"), new BigDecimal("10000"));

  private static LlmBudget.Builder budget(long tokens) {
    return LlmBudget.builder(
        BudgetCap.ofTokens(tokens), SettableClock.at("2024-01-02T20:00:00+08:00"));
  }

  private static ScriptedLlm.Step used(long prompt, long cached, long completion) {
    return (request, call) -> new LlmReply(
        "x",
        List.of(),
        LlmReply.Finish.STOP,
        Optional.of(new LlmUsage(prompt, cached, completion)),
        "m",
        Optional.empty());
  }

  private static void fails(LlmClient client, ErrorCode code) {
    assertThatThrownBy(() -> client.complete(REQUEST, CALL))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenACallIsBack_thenItsUseCountsExactly() {
    LlmBudget budget = budget(WORST).build();
    ScriptedLlm model = ScriptedLlm.always(used(12, 2, 3));
    BudgetRun run = budget.run("trend");
    BudgetedClient client = BudgetedClient.of(model, run);
    client.complete(REQUEST, CALL);
    assertThat(budget.usedToday()).isEqualTo(new BudgetAmount(15, BigDecimal.ZERO));
    assertThat(budget.usedToday("trend").tokens()).isEqualTo(15);
    assertThat(budget.usedToday("other")).isEqualTo(BudgetAmount.NONE);
    assertThat(run.used().tokens()).isEqualTo(15);
    fails(client, ErrorCode.LLM_BUDGET_EXHAUSTED);
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void whenOneTokenIsMissing_thenNothingIsSent() {
    ScriptedLlm model = ScriptedLlm.always(used(1, 0, 1));
    BudgetedClient client = BudgetedClient.of(model, budget(WORST - 1).build().run("trend"));
    assertThatThrownBy(() -> client.complete(REQUEST, CALL))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("3105")
        .hasMessageContaining("the day 2024-01-02")
        .hasMessageContaining("may need 190")
        .hasMessageContaining("nothing was sent");
    assertThat(model.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "LLM_UNAVAILABLE, 190, 380",
    "LLM_REFUSED, 190, 380",
    "LLM_TIMEOUT, 190, 380",
    "LLM_INVALID_REPLY, 190, 380",
    "CANCELLED, 190, 380",
    "LLM_RATE_LIMITED, 0, 380",
    "LLM_BUDGET_EXHAUSTED, 0, 0",
    "LLM_NOT_RECORDED, 0, 0",
    "UNSUPPORTED, 0, 0",
  })
  void whenACallFails_thenWhatItMayHaveUsedCounts(ErrorCode code, long once, long twice) {
    ScriptedLlm model = ScriptedLlm.always(ScriptedLlm.failure(code));
    LlmBudget budget = budget(10_000).build();
    fails(BudgetedClient.of(model, budget.run("a")), code);
    assertThat(budget.usedToday().tokens()).isEqualTo(once);
    fails(BudgetedClient.of(model, budget.run("b"), 2, List.of(model.model())), code);
    assertThat(budget.usedToday("b").tokens()).isEqualTo(twice);
  }

  @Test
  void whenTheClientBreaks_thenItsWorstCaseCounts() {
    LlmBudget budget = budget(10_000).build();
    BudgetedClient client = BudgetedClient.of(
        ScriptedLlm.always((request, call) -> {
          throw new UnsupportedOperationException("broken");
        }),
        budget.run("a"));
    assertThatThrownBy(() -> client.complete(REQUEST, CALL))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(budget.usedToday().tokens()).isEqualTo(WORST);
  }

  @Test
  void whenTheServerIsSilentAboutUse_thenTheWorstCaseCounts() {
    LlmBudget budget = budget(10_000).build();
    ScriptedLlm model = ScriptedLlm.always((request, call) -> new LlmReply(
        "x", List.of(), LlmReply.Finish.STOP, Optional.empty(), "m", Optional.empty()));
    BudgetedClient.of(model, budget.run("a")).complete(REQUEST, CALL);
    assertThat(budget.usedToday().tokens()).isEqualTo(WORST);
  }

  @Test
  void whenTheServerReportsMoreThanTheWorstCase_thenItIsBelievedAndTheRestRefused() {
    LlmBudget budget = budget(1_000).build();
    BudgetedClient client =
        BudgetedClient.of(ScriptedLlm.always(used(Long.MAX_VALUE - 5, 0, 5)), budget.run("a"));
    client.complete(REQUEST, CALL);
    assertThat(budget.usedToday().tokens()).isGreaterThan(1_000);
    fails(client, ErrorCode.LLM_BUDGET_EXHAUSTED);
  }

  @Test
  void whenMoneyIsCapped_thenItIsCountedExactly() {
    String model = ScriptedLlm.MODEL.toString();
    LlmBudget budget = LlmBudget.builder(
            BudgetCap.of(1_000_000, new BigDecimal("1.09")),
            SettableClock.at("2024-01-02T20:00:00+08:00"))
        .price(model, PRICE)
        .build();
    BudgetedClient client = BudgetedClient.of(ScriptedLlm.always(used(10, 4, 2)), budget.run("a"));
    assertThatThrownBy(() ->
            client.complete(LlmRequest.of(List.of(LlmMessage.user("0123456789x")), 100), CALL))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("1.091");
    client.complete(REQUEST, CALL);
    assertThat(budget.usedToday().money()).isEqualByComparingTo("0.0264");
    fails(client, ErrorCode.LLM_BUDGET_EXHAUSTED);
  }

  @Test
  void whenMoneyIsCappedAndAPriceUnknown_thenTheClientIsRefused() {
    LlmBudget budget = budget(1_000)
        .strategy("a", BudgetCap.of(10, BigDecimal.ONE))
        .price("x/y", PRICE)
        .build();
    assertThatThrownBy(() -> BudgetedClient.of(ScriptedLlm.of(), budget.run("b")))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("1002")
        .hasMessageContaining("scripted/scripted-1")
        .hasMessageContaining("x/y");
  }

  @Test
  void whenSeveralModelsMayAnswer_thenTheDearestCounts() {
    LlmModel cheap = new LlmModel("p", "cheap", Set.<LlmCapability>of(), 1, 1, Optional.empty());
    LlmPrice low = new LlmPrice("USD", BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ONE);
    LlmBudget budget = budget(10_000)
        .price("p/cheap", low)
        .price(ScriptedLlm.MODEL.toString(), PRICE)
        .build();
    BudgetedClient client = BudgetedClient.of(
        ScriptedLlm.always(used(10, 0, 0)).as(cheap),
        budget.run("a"),
        1,
        List.of(cheap, ScriptedLlm.MODEL));
    client.complete(REQUEST, CALL);
    assertThat(budget.usedToday().money()).isEqualByComparingTo("0.01");
    assertThat(client.model()).isEqualTo(cheap);
  }

  /** A client that says how often and whom it may ask is believed, without a word of the host. */
  @Test
  void whenAClientTriesAgainOrElsewhere_thenEveryAttemptIsReservedAtTheDearestPrice() {
    LlmModel cheap = new LlmModel("p", "cheap", Set.<LlmCapability>of(), 1, 1, Optional.empty());
    LlmPrice low = new LlmPrice("USD", BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ONE);
    LlmBudget budget = budget(3 * WORST)
        .price("p/cheap", low)
        .price(ScriptedLlm.MODEL.toString(), PRICE)
        .build();
    LlmRouter router = LlmRouter.builder(() -> 0)
        .member(ScriptedLlm.always(used(10, 0, 0)).as(cheap))
        .member(ScriptedLlm.of())
        .build();
    assertThat(router.models()).containsExactly(cheap, ScriptedLlm.MODEL);
    BudgetedClient client = BudgetedClient.of(router, budget.run("a"));
    client.complete(REQUEST, CALL);
    assertThat(budget.usedToday())
        .isEqualTo(new BudgetAmount(10 + WORST, new BigDecimal("0.01").add(worst())));
    Map<String, String> settings = Map.of("base-uri", "http://localhost/v1", "model", "m");
    try (LlmClient twice =
        new OpenAiCompatibleProvider().open(settings, name -> Optional.empty())) {
      assertThat(twice.attempts()).isEqualTo(2);
      fails(
          BudgetedClient.of(twice, budget(2 * WORST - 1).build().run("a")),
          ErrorCode.LLM_BUDGET_EXHAUSTED);
    }
  }

  private static BigDecimal worst() {
    return PRICE.of(new LlmUsage(WORST - 100, 0, 100));
  }

  @Test
  void whenAttemptsOrModelsAreWrong_thenTheyAreRefused() {
    BudgetRun run = budget(10).build().run("a");
    ScriptedLlm model = ScriptedLlm.of();
    assertThatThrownBy(() -> BudgetedClient.of(model, run, 0, List.of(model.model())))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> BudgetedClient.of(model, run, 1, List.of()))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> BudgetCap.ofTokens(-1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> budget(10).build().run("a b")).isInstanceOf(QilinException.class);
  }

  @Property(tries = 100)
  void whenAnyTextIsAsked_thenTheBoundHasATokenForEachByte(@ForAll String text) {
    LlmRequest request = LlmRequest.of(List.of(LlmMessage.user(text)), 1);
    int bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    assertThat(BudgetTokens.prompt(request)).isGreaterThanOrEqualTo(bytes + 80L);
    LlmRequest more = request
        .withSchema(new LlmSchema("s", "d", "{" + text + "}"))
        .withTools(List.of(new LlmTool("t", "d", "{" + text + "}")));
    assertThat(BudgetTokens.prompt(more)).isGreaterThanOrEqualTo(5L * bytes + 80);
  }
}
