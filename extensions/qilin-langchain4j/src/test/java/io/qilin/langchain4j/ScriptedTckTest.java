package io.qilin.langchain4j;

import io.qilin.api.llm.LlmProvider;
import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.LlmProviderTck;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** Models without a server. */
class ScriptedTckTest {
  @Nested
  class Whole extends Tck {
    @Override
    protected Map<String, String> settings() {
      return Map.of("model", "m");
    }
  }

  @Nested
  class Streamed extends Tck {
    @Override
    protected Map<String, String> settings() {
      return Map.of(
          "model", "m", "capabilities", "streaming, tools", "trained-until", "2025-06-30");
    }
  }

  abstract static class Tck extends LlmProviderTck {
    @Override
    protected LlmProvider provider() {
      return new ScriptedModels();
    }

    @Override
    protected boolean needsKey() {
      return false;
    }

    @Override
    protected SecretProvider secrets() {
      return name -> Optional.empty();
    }
  }
}
