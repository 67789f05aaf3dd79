package io.qilin.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A provider of models that answer as a test says, and parts of such tests. */
public final class ScriptedModels extends ChatModelProvider {
  public ScriptedModels() {
    super("scripted", false, Set.of());
  }

  @Override
  protected ChatModelClient open(ChatModelSettings settings) {
    ExecutorService threads = Executors.newCachedThreadPool();
    ChatModelClient.Builder client = settings.model().can(LlmCapability.STREAMING)
        ? ChatModelClient.builder(settings.model(), streaming("o", "k"), threads, System::nanoTime)
        : ChatModelClient.builder(
            settings.model(), chat(request -> text("ok")), threads, System::nanoTime);
    return client.onClose(threads::shutdownNow).build();
  }

  static ChatModel chat(Function<ChatRequest, ChatResponse> script) {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return script.apply(request);
      }
    };
  }

  static StreamingChatModel streaming(String... pieces) {
    return new StreamingChatModel() {
      @Override
      public void doChat(
          ChatRequest request,
          dev.langchain4j.model.chat.response.StreamingChatResponseHandler handler) {
        for (String piece : pieces) {
          handler.onPartialResponse(piece);
        }
        handler.onCompleteResponse(text(String.join("", pieces)));
      }
    };
  }

  static ChatResponse text(String text) {
    return answer(AiMessage.from(text)).build();
  }

  static ChatResponse.Builder answer(AiMessage message) {
    return ChatResponse.builder()
        .aiMessage(message)
        .modelName("scripted-1")
        .finishReason(FinishReason.STOP)
        .tokenUsage(new TokenUsage(7, 3));
  }

  static LlmModel model(LlmCapability... capabilities) {
    Set<LlmCapability> all = EnumSet.noneOf(LlmCapability.class);
    all.addAll(List.of(capabilities));
    return new LlmModel("scripted", "scripted", all, 8_192, 1_024, Optional.empty());
  }

  static LlmRequest question(String text) {
    return LlmRequest.of(List.of(io.qilin.api.llm.LlmMessage.user(text)), 64);
  }
}
