package io.qilin.agents.llm;

import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.secret.SecretProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Two models: a quick one for the many small questions and a deep one for the few that decide.
 *
 * @param quick for analysts and debaters
 * @param deep for judges
 */
public record LlmTiers(LlmClient quick, LlmClient deep) implements AutoCloseable {
  private static final String QUICK = "quick.";
  private static final String DEEP = "deep.";

  /** Checks that nothing is missing. */
  public LlmTiers {
    Objects.requireNonNull(quick, "quick");
    Objects.requireNonNull(deep, "deep");
  }

  /** One model for both. */
  public static LlmTiers same(LlmClient client) {
    return new LlmTiers(client, client);
  }

  /**
   * Opens both with one provider.
   *
   * @param settings of the provider; a name that begins with {@code quick.} or {@code deep.} is for that model alone and goes before
   *     the same name without, for example {@code deep.model}
   * @throws QilinException as {@link LlmProvider#open}; nothing stays open then
   */
  public static LlmTiers open(
      LlmProvider provider, Map<String, String> settings, SecretProvider secrets) {
    LlmClient quick = provider.open(of(settings, QUICK), secrets);
    try {
      return new LlmTiers(quick, provider.open(of(settings, DEEP), secrets));
    } catch (RuntimeException e) {
      quick.close();
      throw e;
    }
  }

  private static Map<String, String> of(Map<String, String> settings, String prefix) {
    Map<String, String> own = new HashMap<>();
    settings.forEach((name, value) -> {
      if (!name.startsWith(QUICK) && !name.startsWith(DEEP)) {
        own.put(name, value);
      }
    });
    settings.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        own.put(name.substring(prefix.length()), value);
      }
    });
    return own;
  }

  /** Closes both. */
  @Override
  public void close() {
    try (deep) {
      quick.close();
    }
  }
}
