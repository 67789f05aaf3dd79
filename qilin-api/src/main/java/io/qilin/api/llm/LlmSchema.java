package io.qilin.api.llm;

import io.qilin.api.error.QilinException;

/**
 * The form that an answer should have. A server may not keep to it, so that every answer is checked again.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}
 * @param description what the answer is
 * @param json a JSON schema: an object with all properties required and no others
 */
public record LlmSchema(String name, String description, String json) {
  private static final int LONGEST_NAME = 64;

  /**
   * Checks the name.
   *
   * @throws QilinException INVALID_ARGUMENT for another name or an empty schema
   */
  public LlmSchema {
    checkName(name);
    if (description.isBlank() || json.isBlank()) {
      throw QilinException.invalid("the schema " + name + " needs a description and a text");
    }
  }

  static void checkName(String name) {
    boolean plain = name.chars()
        .allMatch(c -> (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9')
            || c == '_'
            || c == '-');
    if (name.isEmpty() || name.length() > LONGEST_NAME || !plain) {
      throw QilinException.invalid("a name for a model has 1 to " + LONGEST_NAME
          + " of A-Z a-z 0-9 _ -, was " + QilinException.quote(name));
    }
  }
}
