package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.secret.SecretProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LlmProvidersTest {
  private record Named(String id) implements LlmProvider {
    @Override
    public LlmClient open(Map<String, String> settings, SecretProvider secrets) {
      throw new QilinException(ErrorCode.UNSUPPORTED, "a test opens nothing");
    }
  }

  @Test
  void whenTheClassPathIsSearched_thenQilinsOwnIsFound() {
    assertThat(LlmProviders.discover().get("openai-compatible"))
        .isInstanceOf(OpenAiCompatibleProvider.class);
    assertThat(
            LlmProviders.discover(getClass().getClassLoader(), Duration.ofMinutes(1), Runnable::run)
                .ids())
        .contains("openai-compatible");
  }

  @Test
  void whenAnIdIsUnknown_thenTheKnownOnesAndTheBrokenAreTold() {
    LlmProviders providers =
        LlmProviders.of(List.of(new Named("b"), new Named("a"), new Named("No Id")));
    assertThat(providers.ids()).containsExactly("a", "b");
    assertThatThrownBy(() -> providers.get("c"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
        .hasMessageContaining("known are a, b")
        .hasMessageContaining("No Id");
  }

  @Test
  void whenTwoHaveOneId_thenBothClassesAreNamed() {
    assertThatThrownBy(() -> LlmProviders.of(List.of(new Named("a"), new Named("a"))))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("'a'")
        .hasMessageContaining(Named.class.getName());
  }
}
