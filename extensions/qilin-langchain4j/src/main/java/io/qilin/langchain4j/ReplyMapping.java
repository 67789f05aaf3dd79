package io.qilin.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmReply.Finish;
import io.qilin.api.llm.LlmToolCall;
import io.qilin.api.llm.LlmUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer in Qilin's words; what may be missing in LangChain4j's may be missing. */
final class ReplyMapping {
  /** The most characters of text, reasoning and calls together. */
  static final int MOST_CHARACTERS = 1 << 20;

  private static final int MOST_CALLS = 128;
  private static final int LONGEST_NAME = 256;

  private ReplyMapping() {}

  static QilinException tooLong(LlmModel model) {
    return invalid(model, "sent more than " + MOST_CHARACTERS + " characters; ask for less");
  }

  static QilinException invalid(LlmModel model, String what) {
    return new QilinException(ErrorCode.LLM_INVALID_REPLY, model + " " + what);
  }

  static LlmReply map(LlmModel model, @Nullable ChatResponse response, boolean needsFinish) {
    AiMessage message = response == null ? null : response.aiMessage();
    if (response == null || message == null) {
      throw invalid(model, "gave no answer: the chat model returned null; ask again");
    }
    String text = orEmpty(message.text());
    Optional<String> reasoning =
        Optional.ofNullable(message.thinking()).filter(thought -> !thought.isEmpty());
    List<LlmToolCall> calls = calls(model, message);
    long size = text.length() + (long) reasoning.map(String::length).orElse(0);
    for (LlmToolCall call : calls) {
      size += call.id().length() + call.name().length() + call.arguments().length();
    }
    if (size > MOST_CHARACTERS) {
      throw tooLong(model);
    }
    if (response.finishReason() == null) {
      if (needsFinish) {
        throw new QilinException(
            ErrorCode.LLM_UNAVAILABLE,
            model + " ended its stream without a reason, so the answer may be cut off; try again");
      }
      if (size == 0) {
        throw invalid(model, "gave an empty answer; check that the address leads to such a model");
      }
    }
    return new LlmReply(
        text,
        calls,
        finish(response.finishReason(), !calls.isEmpty()),
        usage(response.tokenUsage()),
        Optional.ofNullable(response.modelName())
            .filter(name -> !name.isBlank() && name.length() <= LONGEST_NAME)
            .orElse(model.name()),
        reasoning);
  }

  private static List<LlmToolCall> calls(LlmModel model, AiMessage message) {
    if (!message.hasToolExecutionRequests()) {
      return List.of();
    }
    List<ToolExecutionRequest> asked = message.toolExecutionRequests();
    if (asked.size() > MOST_CALLS) {
      throw invalid(model, "asked for more than " + MOST_CALLS + " calls of tools");
    }
    List<LlmToolCall> calls = new ArrayList<>();
    for (ToolExecutionRequest one : asked) {
      String id = orEmpty(one.id());
      calls.add(new LlmToolCall(
          id.isEmpty() ? "call_" + calls.size() : id,
          orEmpty(one.name()),
          orEmpty(one.arguments())));
    }
    return calls;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Finish finish(@Nullable FinishReason reason, boolean calls) {
    if (calls && reason != FinishReason.LENGTH && reason != FinishReason.CONTENT_FILTER) {
      return Finish.TOOL_CALLS;
    }
    if (reason == null) {
      return Finish.OTHER;
    }
    return switch (reason) {
      case STOP -> Finish.STOP;
      case LENGTH -> Finish.LENGTH;
      case TOOL_EXECUTION -> Finish.TOOL_CALLS;
      case CONTENT_FILTER -> Finish.REFUSED;
      case OTHER -> Finish.OTHER;
    };
  }

  /** Empty if a number is missing or cannot be. */
  private static Optional<LlmUsage> usage(@Nullable TokenUsage usage) {
    Integer prompt = usage == null ? null : usage.inputTokenCount();
    Integer completion = usage == null ? null : usage.outputTokenCount();
    return prompt == null || completion == null || prompt < 1 || completion < 0
        ? Optional.empty()
        : Optional.of(new LlmUsage(prompt, 0, completion));
  }
}
