package io.qilin.api.llm;

import java.util.Objects;

/**
 * What a model asks a tool.
 *
 * @param id the model's name for this call, to be sent back with the answer
 * @param name the tool
 * @param arguments a JSON text as the model wrote it: not checked, may be anything
 */
public record LlmToolCall(String id, String name, String arguments) {
  /** Checks that nothing is missing. */
  public LlmToolCall {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(arguments, "arguments");
  }
}
