package io.qilin.api.llm;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param text what is said; may be empty
 * @param toolCalls what an assistant asks tools; empty for others
 * @param answers the id of the call that a tool answers; empty for others
 * @param reasoning the assistant's reasoning, where the server wants it back
 */
public record LlmMessage(
    Role role,
    String text,
    List<LlmToolCall> toolCalls,
    Optional<String> answers,
    Optional<String> reasoning) {
  /** Who speaks. */
  public enum Role {
    /** The host: instructions. Never holds text from outside. */
    SYSTEM,
    /** The host: the question and its data. */
    USER,
    /** The model. */
    ASSISTANT,
    /** A tool. */
    TOOL
  }

  /**
   * Checks who may say what.
   *
   * @throws QilinException INVALID_ARGUMENT if another than the assistant calls tools, or an answer names no call
   */
  public LlmMessage {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(reasoning, "reasoning");
    toolCalls = List.copyOf(toolCalls);
    if (role != Role.ASSISTANT && (!toolCalls.isEmpty() || reasoning.isPresent())) {
      throw QilinException.invalid("only the assistant calls tools and reasons, not " + role);
    }
    if (role == Role.TOOL != answers.isPresent()) {
      throw QilinException.invalid("a tool, and nobody else, answers a call; this is " + role);
    }
  }

  /** An instruction of the host. */
  public static LlmMessage system(String text) {
    return new LlmMessage(Role.SYSTEM, text, List.of(), Optional.empty(), Optional.empty());
  }

  /** A question of the host. */
  public static LlmMessage user(String text) {
    return new LlmMessage(Role.USER, text, List.of(), Optional.empty(), Optional.empty());
  }

  /** What a model answered, to be sent back. */
  public static LlmMessage assistant(LlmReply reply) {
    return new LlmMessage(
        Role.ASSISTANT, reply.text(), reply.toolCalls(), Optional.empty(), reply.reasoning());
  }

  /** What a tool answered. */
  public static LlmMessage tool(LlmToolCall call, String result) {
    return new LlmMessage(Role.TOOL, result, List.of(), Optional.of(call.id()), Optional.empty());
  }
}
