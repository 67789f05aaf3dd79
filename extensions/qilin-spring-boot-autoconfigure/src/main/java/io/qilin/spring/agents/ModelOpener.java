package io.qilin.spring.agents;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.spring.PropertyRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Opens the models of the properties. */
final class ModelOpener {
  private final Map<String, LlmProvider> providers = new TreeMap<>();
  private final SecretProvider secrets;

  /**
   * An opener with the providers of a class loader; those of the application go before them.
   *
   * @param secrets where keys are that are not in the properties
   * @throws QilinException PROVIDER if a provider cannot be loaded
   */
  ModelOpener(ClassLoader loader, List<LlmProvider> own, SecretProvider secrets) {
    this.secrets = secrets;
    try {
      ServiceLoader.load(LlmProvider.class, loader)
          .forEach(found -> providers.put(found.id(), found));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new QilinException(
          ErrorCode.PROVIDER,
          "a provider of language models on the class path cannot be loaded: " + e.getMessage(),
          e);
    }
    own.forEach(one -> providers.put(one.id(), one));
  }

  /**
   * Opens a model.
   *
   * @param place the property of the model, for example {@code qilin.llm.models[0]}
   * @throws PropertyRefused if the provider is not known or refuses the settings
   */
  LlmClient open(LlmProperties.Model model, String place) {
    LlmProvider provider = providers.get(model.provider());
    if (provider == null) {
      throw new PropertyRefused(
          place + ".provider",
          model.provider(),
          "the providers of language models are " + providers.keySet());
    }
    try {
      return provider.open(settings(model), secrets(model));
    } catch (QilinException e) {
      throw e.code() == ErrorCode.INVALID_CONFIGURATION
          ? PropertyRefused.of(place, model.called(), e)
          : e;
    }
  }

  private static Map<String, String> settings(LlmProperties.Model model) {
    Map<String, String> all = new HashMap<>(model.settings());
    if (model.preset() != null) {
      all.put("preset", model.preset());
    }
    if (model.model() != null) {
      all.put("model", model.model());
    }
    if (model.baseUri() != null) {
      all.put("base-uri", model.baseUri().toString());
    }
    return all;
  }

  private SecretProvider secrets(LlmProperties.Model model) {
    Secret key = model.apiKey();
    return key == null ? secrets : name -> Optional.of(key);
  }
}
