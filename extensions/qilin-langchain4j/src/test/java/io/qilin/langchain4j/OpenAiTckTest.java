package io.qilin.langchain4j;

import io.qilin.api.llm.LlmProvider;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.FakeLlmServer;
import io.qilin.testkit.LlmProviderTck;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** LangChain4j's own client of OpenAI against a server on loopback. */
class OpenAiTckTest {
  @Nested
  class Whole extends Tck {
    @Override
    protected Map<String, String> settings() {
      return settings("temperature");
    }
  }

  @Nested
  class Streamed extends Tck {
    @Override
    protected Map<String, String> settings() {
      return settings("streaming,tools,json-schema");
    }
  }

  abstract static class Tck extends LlmProviderTck {
    private final FakeLlmServer server = FakeLlmServer.start();

    @AfterEach
    void close() {
      server.close();
    }

    @Override
    protected LlmProvider provider() {
      return new OpenAiModels();
    }

    Map<String, String> settings(String capabilities) {
      return Map.of(
          "model", "gpt-x", "base-url", server.baseUri().toString(), "capabilities", capabilities);
    }

    @Override
    protected SecretProvider secrets() {
      return name -> name.equals("langchain4j-openai/api-key")
          ? Optional.of(Secret.of("sk-canary"))
          : Optional.empty();
    }
  }
}
