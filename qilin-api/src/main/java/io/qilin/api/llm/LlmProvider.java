package io.qilin.api.llm;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.SecretProvider;
import java.util.Map;

/**
 * Opens language models. Found through {@link java.util.ServiceLoader}; implementations have a public constructor without
 * arguments, which neither blocks nor throws. The contract is the class {@code LlmProviderTck} of qilin-testkit.
 */
public interface LlmProvider {
  /** Unique name of 1 to 32 of {@code a-z 0-9 -}, for example {@code openai-compatible}. */
  String id();

  /**
   * Opens a model. Nothing is sent before the first question.
   *
   * @param settings by name; an unknown name is refused; none of them is a secret
   * @param secrets where the key is kept
   * @throws QilinException INVALID_CONFIGURATION for a missing, unknown or wrong setting or a missing key
   */
  LlmClient open(Map<String, String> settings, SecretProvider secrets);
}
