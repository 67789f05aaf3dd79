package io.qilin.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import io.qilin.agents.analyst.Analysts;
import io.qilin.agents.llm.LlmProviders;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.secret.SecretProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** The programs of the README. */
final class LangChain4jExample {
  private LangChain4jExample() {}

  static String ask(ChatModel chatModel, Executor executor) {
    LlmModel model = new LlmModel("ollama", "qwen3:8b", Set.of(), 32_768, 2_048, Optional.empty());
    try (LlmClient client =
        ChatModelClient.builder(model, chatModel, executor, System::nanoTime).build()) {
      LlmReply reply = client.complete(
          LlmRequest.of(List.of(LlmMessage.user("What moves 600519.SH?")), 500),
          LlmCall.within(Duration.ofSeconds(30)));
      return reply.text();
    }
  }

  static String byName(String baseUrl, SecretProvider secrets) {
    Map<String, String> settings =
        Map.of("model", "gpt-5-mini", "capabilities", "streaming", "base-url", baseUrl);
    try (LlmClient client =
        LlmProviders.discover().get("langchain4j-openai").open(settings, secrets)) {
      LlmReply reply = client.complete(
          LlmRequest.of(List.of(LlmMessage.user("What moves 600519.SH?")), 500),
          LlmCall.within(Duration.ofSeconds(30)));
      return reply.text();
    }
  }

  interface Adviser {
    String advise(String question);
  }

  static String agent(ChatModel chatModel, MarketSnapshot snapshot) {
    AnalystTools tools = AnalystTools.of(snapshot, Analysts.discover().all());
    Adviser adviser = AiServices.builder(Adviser.class)
        .chatModel(chatModel)
        .tools(tools.executors())
        .build();
    return adviser.advise("Would you hold 600519.SH over the next session?");
  }
}
