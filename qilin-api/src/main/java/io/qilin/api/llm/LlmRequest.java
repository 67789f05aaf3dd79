package io.qilin.api.llm;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a model is asked. Equal requests are the same question: a kept answer may stand for a call.
 *
 * @param messages the conversation, at least one turn
 * @param tools the look-ups it may ask for
 * @param schema the form that the answer should have
 * @param maxOutputTokens most tokens of the answer, positive
 * @param temperature from 0 to 2; the server's own if empty
 * @param seed for servers that heed one
 */
public record LlmRequest(
    List<LlmMessage> messages,
    List<LlmTool> tools,
    Optional<LlmSchema> schema,
    int maxOutputTokens,
    OptionalDouble temperature,
    OptionalLong seed) {
  /**
   * Copies the lists and checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT without a message, or for a number out of its range
   */
  public LlmRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(temperature, "temperature");
    Objects.requireNonNull(seed, "seed");
    if (messages.isEmpty()) {
      throw QilinException.invalid("a request has at least one message");
    }
    if (maxOutputTokens < 1) {
      throw QilinException.invalid("maxOutputTokens is positive, was " + maxOutputTokens);
    }
    if (temperature.isPresent()
        && !(temperature.getAsDouble() >= 0 && temperature.getAsDouble() <= 2)) {
      throw QilinException.invalid("a temperature is 0 to 2, was " + temperature.getAsDouble());
    }
  }

  /** A question without tools and form, at temperature 0. */
  public static LlmRequest of(List<LlmMessage> messages, int maxOutputTokens) {
    return new LlmRequest(
        messages,
        List.of(),
        Optional.empty(),
        maxOutputTokens,
        OptionalDouble.of(0),
        OptionalLong.empty());
  }

  /** The same with a form for the answer. */
  public LlmRequest withSchema(LlmSchema form) {
    return new LlmRequest(messages, tools, Optional.of(form), maxOutputTokens, temperature, seed);
  }

  /** The same with look-ups. */
  public LlmRequest withTools(List<LlmTool> lookUps) {
    return new LlmRequest(messages, lookUps, schema, maxOutputTokens, temperature, seed);
  }

  /** The same question in another conversation. */
  public LlmRequest withMessages(List<LlmMessage> conversation) {
    return new LlmRequest(conversation, tools, schema, maxOutputTokens, temperature, seed);
  }
}
