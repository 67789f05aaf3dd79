package io.qilin.spring.agents;

import io.qilin.api.secret.Secret;
import io.qilin.spring.PropertyRefused;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which language models may be asked. Without models there is no client.
 *
 * @param models in the order in which they are asked
 * @param mostAtOnce how many questions a model is asked at once
 * @param budget what they may use
 */
@ConfigurationProperties(prefix = "qilin.llm", ignoreUnknownFields = false)
public record LlmProperties(
    @DefaultValue List<Model> models,
    @DefaultValue("8") int mostAtOnce,
    @DefaultValue Budget budget) {
  /**
   * One model.
   *
   * @param name unique; the model's name unless set
   * @param provider id of a provider
   * @param preset what is known of the server, for example {@code deepseek}
   * @param model the model's name there
   * @param baseUri where the server is, if not the preset's
   * @param apiKey the key; from the application's secret provider unless set
   * @param weight its share when models are asked in turn
   * @param settings more settings, by the provider's names
   */
  public record Model(
      @Nullable String name,
      @DefaultValue("openai-compatible") String provider,
      @Nullable String preset,
      @Nullable String model,
      @Nullable URI baseUri,
      @Nullable Secret apiKey,
      @DefaultValue("1") int weight,
      @DefaultValue Map<String, String> settings) {
    /** Copies the settings. */
    public Model {
      settings = Map.copyOf(settings);
    }

    String called() {
      return name != null ? name : model != null ? model : provider;
    }

    /** Hides the key and the settings' values. */
    @Override
    public String toString() {
      return "Model[name=" + called() + ", provider=" + provider + ", preset=" + preset + ']';
    }
  }

  /**
   * What all models together may use.
   *
   * @param tokensPerDay tokens of questions and answers in a day of Asia/Shanghai; without bound unless set
   * @param ledger a file that keeps the counters over restarts
   */
  public record Budget(
      @Nullable Long tokensPerDay, @Nullable Path ledger) {}

  /**
   * Checks the values and copies the list.
   *
   * @throws PropertyRefused if one is out of range
   */
  public LlmProperties {
    models = List.copyOf(models);
    PropertyRefused.unless(
        mostAtOnce >= 1 && mostAtOnce <= 1000,
        "qilin.llm.most-at-once",
        mostAtOnce,
        "questions at once are 1 to 1000");
    Long tokens = budget.tokensPerDay();
    PropertyRefused.unless(
        tokens == null || tokens >= 0,
        "qilin.llm.budget.tokens-per-day",
        String.valueOf(tokens),
        "a number of tokens that is not negative");
    PropertyRefused.unless(
        budget.ledger() == null || tokens != null,
        "qilin.llm.budget.ledger",
        String.valueOf(budget.ledger()),
        "a ledger counts for a cap: set qilin.llm.budget.tokens-per-day too");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < models.size(); i++) {
      PropertyRefused.unless(
          names.add(models.get(i).called()),
          "qilin.llm.models[" + i + "].name",
          models.get(i).called(),
          "two models have this name; give each its own");
      PropertyRefused.unless(
          models.get(i).weight() >= 1,
          "qilin.llm.models[" + i + "].weight",
          models.get(i).weight(),
          "a weight is 1 or more");
    }
  }
}
