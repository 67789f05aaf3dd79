package io.qilin.agents.consult;

import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmTool;
import java.util.List;
import java.util.Objects;

/**
 * What a model is to be told, with what had to be left away. Immutable.
 *
 * @param messages instructions first, then the figures and the texts of others
 * @param delimiter the mark around the texts of others; empty if there are none
 * @param texts how many texts it holds
 * @param cut how many of them were too long and lost their end
 * @param leftOut how many did not fit at all
 */
public record Prompt(List<LlmMessage> messages, String delimiter, int texts, int cut, int leftOut) {
  /** Copies the list. */
  public Prompt {
    messages = List.copyOf(messages);
    Objects.requireNonNull(delimiter, "delimiter");
  }

  /** Whether it holds texts of others. */
  public boolean untrusted() {
    return texts > 0;
  }

  /** The question, without look-ups, at temperature 0. */
  public LlmRequest request(int maxOutputTokens) {
    return LlmRequest.of(messages, maxOutputTokens);
  }

  /**
   * The question with look-ups.
   *
   * @throws QilinException INVALID_ARGUMENT if it holds texts of others: who reads those gets no tools, as the texts may ask for
   *     their use
   */
  public LlmRequest request(int maxOutputTokens, List<LlmTool> lookUps) {
    if (untrusted() && !lookUps.isEmpty()) {
      throw QilinException.invalid("a prompt with " + texts
          + " texts of others gets no look-ups; ask without the texts or without the look-ups");
    }
    return request(maxOutputTokens).withTools(lookUps);
  }
}
