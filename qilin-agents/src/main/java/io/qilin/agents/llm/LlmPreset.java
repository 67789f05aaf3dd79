package io.qilin.agents.llm;

import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmModel;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Qilin knows of a provider's OpenAI-compatible server. Prices are not part of it: they change, and the host states them.
 *
 * @param id name of the provider, for example {@code deepseek}
 * @param base where its server is, without {@code /chat/completions}; empty if the host must say
 * @param needsKey whether it answers nobody without a key
 * @param answerLimit the member in which it wants the most tokens of an answer
 * @param thinking how its models are told to think or not
 * @param documentedOn the day as of which its documentation was read
 * @param models the models whose limits are known; others may be asked for with their limits in the settings
 */
public record LlmPreset(
    String id,
    Optional<URI> base,
    boolean needsKey,
    AnswerLimit answerLimit,
    Thinking thinking,
    LocalDate documentedOn,
    List<LlmModel> models) {
  /** The member of a request that limits the answer. */
  public enum AnswerLimit {
    /** The older name, which most servers know. */
    MAX_TOKENS("max_tokens"),
    /** The newer name, which OpenAI's reasoning models insist on. */
    MAX_COMPLETION_TOKENS("max_completion_tokens");

    private final String member;

    AnswerLimit(String member) {
      this.member = member;
    }

    /** The name as it is sent. */
    public String member() {
      return member;
    }
  }

  /** How a request switches thinking on or off. */
  public enum Thinking {
    /** It cannot. */
    FIXED,
    /** {@code "thinking": {"type": "enabled"}}. */
    TYPE,
    /** {@code "enable_thinking": true}. */
    SWITCH
  }

  /**
   * Copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty id
   */
  public LlmPreset {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(answerLimit, "answerLimit");
    Objects.requireNonNull(thinking, "thinking");
    Objects.requireNonNull(documentedOn, "documentedOn");
    models = List.copyOf(models);
    if (id.isBlank()) {
      throw QilinException.invalid("a preset has an id");
    }
  }

  /** Under which name the key is looked up unless a setting says otherwise, for example {@code deepseek/api-key}. */
  public String keyName() {
    return id + "/api-key";
  }

  /** A model whose limits are known. */
  public Optional<LlmModel> model(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }
}
