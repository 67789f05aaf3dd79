package io.qilin.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.llm.LlmProviders;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.secret.Secret;
import io.qilin.testkit.FakeLlmReply;
import io.qilin.testkit.FakeLlmServer;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatModelProviderTest {
  private static void refused(
      ChatModelProvider provider, Map<String, String> settings, String part) {
    assertThatThrownBy(() -> provider.open(settings, name -> Optional.of(Secret.of("canary"))))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(part)
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "capabilities, fly, json-schema",
    "context-tokens, 0, context-tokens",
    "max-output-tokens, many, max-output-tokens",
    "trained-until, soon, 2025-06-30",
    "key, ' ', key",
    "modle, x, did you mean 'model'"
  })
  void whenASettingIsWrong_thenItIsNamed(String name, String value, String part) {
    refused(new ScriptedModels(), Map.of("model", "m", name, value), part);
  }

  @Test
  void whenTheModelIsNotNamed_thenItIsRefused() {
    refused(new ScriptedModels(), Map.of(), "model");
  }

  @Test
  void whenASubclassThrows_thenItIsAWrongSettingWithoutItsWords() {
    ChatModelProvider broken = new ChatModelProvider("broken", true, Set.of()) {
      @Override
      protected ChatModelClient open(ChatModelSettings settings) {
        throw new IllegalArgumentException("no such url " + settings.key());
      }
    };
    refused(broken, Map.of("model", "m"), "IllegalArgumentException");
  }

  @Test
  void whenTheArtifactOfTheChatModelIsMissing_thenThatIsSaid() {
    ChatModelProvider bare = new ChatModelProvider("bare", false, Set.of()) {
      @Override
      protected ChatModelClient open(ChatModelSettings settings) {
        throw new NoClassDefFoundError("dev/langchain4j/model/openai/OpenAiChatModel");
      }
    };
    refused(bare, Map.of("model", "m"), "add the artifact");
  }

  @Test
  void whenAProviderIsNamedAsAService_thenItIsFoundByItsId() {
    try (FakeLlmServer server = FakeLlmServer.start()) {
      server.answer(FakeLlmReply.text("dem", "and"));
      assertThat(LangChain4jExample.byName(
              server.baseUri().toString(), name -> Optional.of(Secret.of("canary"))))
          .isEqualTo("demand");
    }
    assertThat(LlmProviders.discover().broken()).isEmpty();
  }

  @Test
  void whenAllIsSaid_thenTheModelIsAsDeclared() {
    Map<String, String> settings = Map.of(
        "model", "m",
        "capabilities", "tools,temperature",
        "context-tokens", "100000",
        "max-output-tokens", "4000",
        "trained-until", "2025-06-30");
    try (LlmClient client = new ScriptedModels().open(settings, name -> Optional.empty())) {
      assertThat(client.model())
          .isEqualTo(new LlmModel(
              "scripted",
              "m",
              Set.of(LlmCapability.TOOLS, LlmCapability.TEMPERATURE),
              100_000,
              4_000,
              Optional.of(LocalDate.of(2025, 6, 30))));
    }
  }
}
