package io.qilin.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.secret.Secret;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The provider of the README: LangChain4j's models of OpenAI. */
public final class OpenAiModels extends ChatModelProvider {
  public OpenAiModels() {
    super("langchain4j-openai", true, Set.of("base-url"));
  }

  @Override
  protected ChatModelClient open(ChatModelSettings settings) {
    String key = settings.key().map(Secret::reveal).orElseThrow();
    String baseUrl = settings.own().getOrDefault("base-url", "https://api.openai.com/v1");
    String name = settings.model().name();
    ExecutorService threads = Executors.newCachedThreadPool();
    ChatModelClient.Builder client = settings.model().can(LlmCapability.STREAMING)
        ? ChatModelClient.builder(
            settings.model(), streaming(baseUrl, key, name), threads, System::nanoTime)
        : ChatModelClient.builder(
            settings.model(), whole(baseUrl, key, name), threads, System::nanoTime);
    return client.attempts(1).onClose(threads::shutdownNow).build();
  }

  private static ChatModel whole(String baseUrl, String key, String name) {
    return OpenAiChatModel.builder()
        .baseUrl(baseUrl)
        .apiKey(key)
        .modelName(name)
        .timeout(Duration.ofMinutes(2))
        .maxRetries(0)
        .build();
  }

  private static StreamingChatModel streaming(String baseUrl, String key, String name) {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(baseUrl)
        .apiKey(key)
        .modelName(name)
        .timeout(Duration.ofMinutes(2))
        .build();
  }
}
