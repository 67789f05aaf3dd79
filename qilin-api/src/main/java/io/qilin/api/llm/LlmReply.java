package io.qilin.api.llm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model answered. All of it is text from outside: it may be wrong, in another form than asked for, or hostile.
 *
 * @param text the answer; may be empty
 * @param toolCalls what it asks tools
 * @param finish why it ended
 * @param usage what it used; empty if the server did not say
 * @param model the model that answered, by the server's word
 * @param reasoning its reasoning, if the server gave it
 */
public record LlmReply(
    String text,
    List<LlmToolCall> toolCalls,
    Finish finish,
    Optional<LlmUsage> usage,
    String model,
    Optional<String> reasoning) {
  /** Why an answer ended. */
  public enum Finish {
    /** It is complete. */
    STOP,
    /** It reached its most tokens and is cut off. */
    LENGTH,
    /** It waits for tools. */
    TOOL_CALLS,
    /** The server withheld it, or the model refused. */
    REFUSED,
    /** Another reason. */
    OTHER
  }

  /** Copies the list. */
  public LlmReply {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(finish, "finish");
    Objects.requireNonNull(usage, "usage");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(reasoning, "reasoning");
    toolCalls = List.copyOf(toolCalls);
  }
}
