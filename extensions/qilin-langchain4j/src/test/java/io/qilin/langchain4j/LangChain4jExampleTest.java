package io.qilin.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LangChain4jExampleTest {
  @Test
  void whenTheExampleAsks_thenTheChatModelAnswers() {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      assertThat(LangChain4jExample.ask(
              ScriptedModels.chat(request -> ScriptedModels.text("demand")), threads))
          .isEqualTo("demand");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whenTheExampleGivesTools_thenTheAgentHasThem() {
    assertThat(LangChain4jExample.agent(
            ScriptedModels.chat(request ->
                ScriptedModels.text(String.valueOf(request.toolSpecifications().size()))),
            Market.SNAPSHOT))
        .isEqualTo("11");
  }
}
