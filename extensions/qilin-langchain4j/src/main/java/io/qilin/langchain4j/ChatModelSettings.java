package io.qilin.langchain4j;

import io.qilin.api.llm.LlmModel;
import io.qilin.api.secret.Secret;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider is opened with.
 *
 * @param model the model and what it can do
 * @param key the key, if there is one; always there if the provider needs one
 * @param own the settings that only this provider has, those that are set; never blank
 */
public record ChatModelSettings(LlmModel model, Optional<Secret> key, Map<String, String> own) {
  /** Copies the map. */
  public ChatModelSettings {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(key, "key");
    own = Map.copyOf(own);
  }
}
