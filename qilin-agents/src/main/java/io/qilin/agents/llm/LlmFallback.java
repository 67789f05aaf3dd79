package io.qilin.agents.llm;

import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmUsage;
import java.util.List;
import java.util.Optional;

/**
 * Answers by rules, in this process, when no model does. It must be fast, must not block, and is called on the asking thread, by
 * several at once.
 */
@FunctionalInterface
public interface LlmFallback {
  /** The model's name in such an answer, by which it is known. */
  String MODEL = "rules";

  /** The text that stands for an answer. */
  String answer(LlmRequest request);

  /** The text as a reply of the model {@value #MODEL} that used nothing. */
  default LlmReply reply(LlmRequest request) {
    return new LlmReply(
        answer(request),
        List.of(),
        LlmReply.Finish.STOP,
        Optional.of(new LlmUsage(0, 0, 0)),
        MODEL,
        Optional.empty());
  }
}
