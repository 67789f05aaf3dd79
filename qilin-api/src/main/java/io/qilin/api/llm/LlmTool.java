package io.qilin.api.llm;

import io.qilin.api.error.QilinException;

/**
 * A look-up that a model may ask for.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}
 * @param description what it tells
 * @param parameters a JSON schema, an object, of its arguments
 */
public record LlmTool(String name, String description, String parameters) {
  /**
   * Checks the name.
   *
   * @throws QilinException INVALID_ARGUMENT for another name
   */
  public LlmTool {
    LlmSchema.checkName(name);
    if (description.isBlank() || parameters.isBlank()) {
      throw QilinException.invalid("the tool " + name + " needs a description and parameters");
    }
  }
}
