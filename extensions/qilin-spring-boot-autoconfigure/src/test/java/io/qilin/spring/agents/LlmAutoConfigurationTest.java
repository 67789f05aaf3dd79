package io.qilin.spring.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.llm.BudgetCap;
import io.qilin.agents.llm.LlmBudget;
import io.qilin.agents.llm.LlmRouter;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.spring.Contexts;
import io.qilin.spring.PartState;
import io.qilin.spring.PropertyRefused;
import io.qilin.testkit.ScriptedLlm;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LlmAutoConfigurationTest {
  private static final LlmRequest QUESTION = LlmRequest.of(List.of(LlmMessage.user("well?")), 100);

  private final ApplicationContextRunner runner = Contexts.runner();

  /** Answers what the test wrote down, and remembers its key. */
  private static final class Scripted implements LlmProvider {
    private Optional<Secret> key = Optional.empty();
    private Map<String, String> settings = Map.of();
    private final LlmClient client;

    private Scripted(LlmClient client) {
      this.client = client;
    }

    @Override
    public String id() {
      return "scripted";
    }

    @Override
    public LlmClient open(Map<String, String> given, SecretProvider secrets) {
      settings = given;
      key = secrets.secret("scripted/api-key");
      return client;
    }
  }

  private ApplicationContextRunner with(Scripted provider) {
    return runner
        .withBean(LlmProvider.class, () -> provider)
        .withPropertyValues(
            "qilin.llm.models[0].name=first",
            "qilin.llm.models[0].provider=scripted",
            "qilin.llm.models[0].model=wise",
            "qilin.llm.models[0].settings.mood=calm");
  }

  private static String ask(LlmClient client) {
    return client.complete(QUESTION, LlmCall.within(Duration.ofSeconds(30))).text();
  }

  @Test
  void whenNoModelIsNamed_thenThereIsNoClient() {
    runner.run(context -> assertThat(context).doesNotHaveBean(LlmClient.class));
  }

  @Test
  void whenAModelIsNamed_thenItAnswersWithItsKey() {
    Scripted provider = new Scripted(ScriptedLlm.of(ScriptedLlm.text("yes")));
    with(provider).withPropertyValues("qilin.llm.models[0].api-key=canary").run(context -> {
      assertThat(ask(context.getBean(LlmClient.class))).isEqualTo("yes");
      assertThat(provider.key.map(Secret::reveal)).contains("canary");
      assertThat(provider.settings).containsEntry("model", "wise").containsEntry("mood", "calm");
      assertThat(context.getBean(LlmProperties.class).toString()).doesNotContain("canary");
      assertThat(context.getBean(LlmPart.class).description().toString()).doesNotContain("canary");
    });
  }

  @Test
  void whenTheApplicationKeepsSecrets_thenTheKeyComesFromThere() {
    Scripted provider = new Scripted(ScriptedLlm.of(ScriptedLlm.text("yes")));
    with(provider)
        .withBean(SecretProvider.class, () -> name -> Optional.of(Secret.of("kept")))
        .run(context -> assertThat(provider.key.map(Secret::reveal)).contains("kept"));
  }

  @Test
  void whenTheApplicationKeepsSecretsInTwoPlaces_thenTheOneThatHasTheKeyGivesIt() {
    Scripted provider = new Scripted(ScriptedLlm.of(ScriptedLlm.text("yes")));
    with(provider)
        .withBean("without", SecretProvider.class, () -> name -> Optional.empty())
        .withBean("with", SecretProvider.class, () -> name -> Optional.of(Secret.of("kept")))
        .run(context -> assertThat(provider.key.map(Secret::reveal)).contains("kept"));
  }

  @Test
  void whenThereAreTwoBudgets_thenNoneIsLeftOutWithoutAWord() {
    LlmBudget budget =
        LlmBudget.builder(BudgetCap.ofTokens(10), Clock.systemUTC()).build();
    with(new Scripted(ScriptedLlm.of(ScriptedLlm.text("yes"))))
        .withBean("one", LlmBudget.class, () -> budget)
        .withBean("two", LlmBudget.class, () -> budget)
        .run(context -> assertThat(context)
            .getFailure()
            .hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class));
  }

  @Test
  void whenAModelFailsOften_thenHealthIsDegraded() {
    Scripted provider = new Scripted(ScriptedLlm.of(
        ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE),
        ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE),
        ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE),
        ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE),
        ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE)));
    with(provider).run(context -> {
      LlmPart part = context.getBean(LlmPart.class);
      assertThat(part.state().level()).isEqualTo(PartState.Level.UP);
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> ask(context.getBean(LlmClient.class)))
            .isInstanceOf(QilinException.class);
      }
      assertThat(part.state().level()).isEqualTo(PartState.Level.DEGRADED);
      assertThat(part.state().reason()).contains("first");
    });
  }

  @Test
  void whenTheBudgetIsSpent_thenTheNextQuestionIsRefused(@TempDir Path folder) {
    Scripted provider = new Scripted(ScriptedLlm.of(ScriptedLlm.text("yes")));
    with(provider)
        .withPropertyValues(
            "qilin.llm.budget.tokens-per-day=10",
            "qilin.llm.budget.ledger=" + folder.resolve("tokens.txt"))
        .run(context -> {
          assertThatThrownBy(() -> ask(context.getBean(LlmClient.class)))
              .isInstanceOfSatisfying(
                  QilinException.class,
                  e -> assertThat(e.code()).isEqualTo(ErrorCode.LLM_BUDGET_EXHAUSTED));
          assertThat(context).hasSingleBean(LlmBudget.class);
        });
  }

  @Test
  void whenAKnownServerIsNamed_thenItsPresetIsUsedAndNothingIsSent() {
    runner
        .withPropertyValues(
            "qilin.llm.models[0].preset=deepseek",
            "qilin.llm.models[0].model=some-model",
            "qilin.llm.models[0].api-key=canary")
        .run(context -> assertThat(context.getBean(LlmRouter.class).model().toString())
            .isEqualTo("deepseek/some-model"));
  }

  @ParameterizedTest
  @CsvSource({
    "models[0].provider, nobody, qilin.llm.models[0].provider",
    "models[0].weight, 0, qilin.llm.models[0].weight",
    "most-at-once, 0, qilin.llm.most-at-once",
    "budget.tokens-per-day, -1, qilin.llm.budget.tokens-per-day",
    "budget.ledger, somewhere, qilin.llm.budget.ledger",
  })
  void whenAValueIsWrong_thenTheStartNamesTheProperty(String name, String value, String named) {
    with(new Scripted(ScriptedLlm.of(ScriptedLlm.text("yes"))))
        .withPropertyValues("qilin.llm." + name + "=" + value)
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOfSatisfying(
                PropertyRefused.class, e -> assertThat(e.property()).isEqualTo(named)));
  }

  @Test
  void whenAKnownServerNeedsAKeyAndThereIsNone_thenTheStartSaysSo() {
    runner
        .withPropertyValues(
            "qilin.llm.models[0].preset=deepseek", "qilin.llm.models[0].model=some-model")
        .run(context ->
            assertThat(context).getFailure().hasStackTraceContaining("qilin.llm.models[0]"));
  }

  @Test
  void whenTheApplicationHasAClient_thenOursBacksOff() {
    LlmClient own = ScriptedLlm.of(ScriptedLlm.text("own"));
    with(new Scripted(ScriptedLlm.of(ScriptedLlm.text("yes"))))
        .withBean("own", LlmClient.class, () -> own)
        .run(context -> assertThat(context).getBean(LlmClient.class).isSameAs(own));
  }
}
