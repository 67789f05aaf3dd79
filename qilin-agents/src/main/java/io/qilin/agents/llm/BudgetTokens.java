package io.qilin.agents.llm;

import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmToolCall;

/**
 * The most tokens that a question can have: never fewer than a server counts. The tokenizers of today's models make at most
 * one token of a byte; a char counts as the bytes that UTF-8 needs for it, half a surrogate pair as three. To this come 64
 * tokens, 16 a message for its frame, and for tools and schemas, which servers rewrite into the prompt, twice their bytes, 64
 * each and 512. Stateless.
 */
final class BudgetTokens {
  private static final int FRAME = 64;
  private static final int MESSAGE = 16;
  private static final int TOOLS = 512;

  private BudgetTokens() {}

  static long prompt(LlmRequest request) {
    long tokens = FRAME;
    for (LlmMessage message : request.messages()) {
      tokens += MESSAGE + bytes(message.text());
      tokens += message.reasoning().map(BudgetTokens::bytes).orElse(0L);
      tokens += message.answers().map(BudgetTokens::bytes).orElse(0L);
      for (LlmToolCall call : message.toolCalls()) {
        tokens += FRAME + 2 * (bytes(call.id()) + bytes(call.name()) + bytes(call.arguments()));
      }
    }
    tokens += request.tools().isEmpty() ? 0 : TOOLS;
    for (LlmTool tool : request.tools()) {
      tokens +=
          FRAME + 2 * (bytes(tool.name()) + bytes(tool.description()) + bytes(tool.parameters()));
    }
    tokens += request
        .schema()
        .map(form ->
            TOOLS + 2 * (bytes(form.name()) + bytes(form.description()) + bytes(form.json())))
        .orElse(0L);
    return tokens;
  }

  private static long bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
    return bytes;
  }
}
