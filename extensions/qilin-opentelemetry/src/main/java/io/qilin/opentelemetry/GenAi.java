package io.qilin.opentelemetry;

import io.qilin.api.llm.LlmReply;
import java.util.Map;

/** Words of the conventions for generative AI. */
final class GenAi {
  /** What is done with a model. */
  static final String OPERATION = "chat";

  /** Providers that Qilin and the conventions call by other names. */
  private static final Map<String, String> PROVIDERS = Map.of(
      "kimi", "moonshot_ai",
      "mistral", "mistral_ai",
      "xai", "x_ai",
      "azure", "azure.ai.openai",
      "gemini", "gcp.gemini",
      "bedrock", "aws.bedrock");

  private GenAi() {}

  static String provider(String id) {
    return PROVIDERS.getOrDefault(id, id);
  }

  static String finish(LlmReply.Finish finish) {
    return switch (finish) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_call";
      case REFUSED -> "content_filter";
      case OTHER -> "other";
    };
  }
}
