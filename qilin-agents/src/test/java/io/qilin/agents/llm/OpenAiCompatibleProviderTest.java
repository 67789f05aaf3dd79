package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.FakeLlmServer;
import io.qilin.testkit.LlmProviderTck;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiCompatibleProviderTest extends LlmProviderTck {
  private final FakeLlmServer server = FakeLlmServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected LlmProvider provider() {
    return new OpenAiCompatibleProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("preset", "glm", "base-uri", server.baseUri().toString(), "model", "glm-x");
  }

  @Override
  protected SecretProvider secrets() {
    return Asking.SECRETS;
  }

  private void refused(String name, String value, String word) {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put(name, value);
    assertThatThrownBy(() -> provider().open(settings, secrets()).close())
        .hasMessageContaining(word)
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }

  @Test
  void whenServicesAreLoaded_thenItIsAmongThem() {
    assertThat(ServiceLoader.load(LlmProvider.class))
        .anyMatch(provider -> provider.id().equals("openai-compatible"));
  }

  @ParameterizedTest
  @CsvSource({
    "preset, gtp, deepseek",
    "model, ' ', model",
    "base-uri, http://example.org/v1, https",
    "base-uri, ftp://127.0.0.1/v1, https",
    "base-uri, https://me:pw@example.org/v1, secrets",
    "base-uri, https://example.org/v1?a=b, '?'",
    "base-uri, https://exa mple.org, no URI",
    "base-uri, example.org, HOST",
    "base-uri, https://example.org:70000/v1, 65535",
    "base-uri, http://127.0.0.1.example.org/v1, https",
    "context-tokens, 0, whole number",
    "context-tokens, 1e3, whole number",
    "max-output-tokens, 9999999999, whole number",
    "capabilities, 'streaming,magic', magic",
    "trained-until, yesterday, 2024-09-30",
    "connect-timeout, 5, PT5S",
    "idle-timeout, PT-1S, above zero",
    "attempts, 11, from 1 to 10",
    "answer-limit, max, max_tokens",
    "thinking, on, enabled"
  })
  void whenASettingIsWrong_thenTheMessageSaysHowItMustBe(String name, String value, String word) {
    refused(name, value, word);
  }

  @Test
  void whenThePresetCannotSwitchThinking_thenTheSettingIsRefused() {
    Map<String, String> settings = Map.of("preset", "mistral", "model", "m", "thinking", "enabled");
    assertThatThrownBy(() -> provider().open(settings, secrets()).close())
        .hasMessageContaining("thinking");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost/v1", "http://[::1]:8000/v1/", "https://example.org/v1"})
  void whenNothingLeavesTheMachineUnencrypted_thenTheAddressIsTaken(String base) {
    Map<String, String> settings = Map.of("base-uri", base, "model", "m");
    try (LlmClient client = provider().open(settings, secrets())) {
      assertThat(client.model()).hasToString("custom/m");
    }
  }

  @Test
  void whenTheHostAcceptsPlainHttp_thenAnyAddressIsTaken() {
    Map<String, String> settings =
        Map.of("base-uri", "http://10.0.0.7/v1", "model", "m", "insecure-plain-http", "true");
    try (LlmClient client = provider().open(settings, secrets())) {
      assertThat(client.model().name()).isEqualTo("m");
    }
  }

  @Test
  void whenTheKeyHasALineEnd_thenItIsRefusedAndNotShown() {
    SecretProvider broken = name -> Optional.of(Secret.of("abc\nX-Evil: 1"));
    assertThatThrownBy(() -> provider().open(settings(), broken).close())
        .hasMessageContaining("glm/api-key")
        .hasMessageNotContaining("Evil");
  }

  @Test
  void whenTheModelIsUnknown_thenLittleIsAssumed() {
    try (LlmClient client = provider().open(settings(), secrets())) {
      assertThat(client.model().contextTokens()).isEqualTo(LlmPresets.CAUTIOUS_CONTEXT);
      assertThat(client.model().maxOutputTokens()).isEqualTo(LlmPresets.CAUTIOUS_OUTPUT);
      assertThat(client.model().capabilities()).isEqualTo(LlmPresets.CAUTIOUS);
    }
  }

  @Test
  void whenEveryPresetIsOpened_thenItsModelsAndAddressAreUsable() {
    assertThat(LlmPresets.all()).hasSize(17);
    for (LlmPreset preset : LlmPresets.all()) {
      Map<String, String> settings = new HashMap<>();
      settings.put("preset", preset.id());
      settings.put(
          "model", preset.models().isEmpty() ? "any" : preset.models().get(0).name());
      if (preset.base().isEmpty()) {
        settings.put("base-uri", server.baseUri().toString());
      }
      try (LlmClient client = provider().open(settings, secrets())) {
        assertThat(client.model().provider()).isEqualTo(preset.id());
        assertThat(client.model().maxOutputTokens())
            .isLessThanOrEqualTo(client.model().contextTokens());
      }
    }
  }

  @Test
  void whenTwoTiersAreOpened_thenEachHasItsOwnSettings() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("quick.model", "small");
    settings.put("deep.model", "large");
    settings.put("deep.max-output-tokens", "9000");
    try (LlmTiers tiers = LlmTiers.open(provider(), settings, secrets())) {
      assertThat(tiers.quick().model().name()).isEqualTo("small");
      assertThat(tiers.deep().model().name()).isEqualTo("large");
      assertThat(tiers.deep().model().maxOutputTokens()).isEqualTo(9000);
    }
  }
}
