package io.qilin.langchain4j;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A {@link LlmProvider} over a family of LangChain4j's chat models: a subclass makes the chat model, this class reads the settings.
 * To be found, a subclass is named in {@code META-INF/services/io.qilin.api.llm.LlmProvider} and has a public constructor without
 * arguments. The settings, beside the subclass's own, are:
 *
 * <ul>
 *   <li>{@code model}: the model's name, needed
 *   <li>{@code key}: the name of the secret; the id and {@code /api-key} unless set
 *   <li>{@code capabilities}: names of {@link LlmCapability} in lower case with {@code -}, comma between; none unless set
 *   <li>{@code context-tokens}, {@code max-output-tokens}: 8,192 and 2,048 unless set
 *   <li>{@code trained-until}: a day like {@code 2025-06-30}
 * </ul>
 */
public abstract class ChatModelProvider implements LlmProvider {
  private static final Set<String> COMMON = Set.of(
      "model", "key", "capabilities", "context-tokens", "max-output-tokens", "trained-until");

  private final String id;
  private final boolean needsKey;
  private final Set<String> own;

  /**
   * For subclasses.
   *
   * @param id 1 to 32 of {@code a-z 0-9 -}
   * @param needsKey whether a model cannot be opened without a key
   * @param own the names of the settings that only this provider has
   */
  protected ChatModelProvider(String id, boolean needsKey, Set<String> own) {
    this.id = id;
    this.needsKey = needsKey;
    this.own = Set.copyOf(own);
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final LlmClient open(Map<String, String> settings, SecretProvider secrets) {
    check(settings);
    LlmModel model = model(settings);
    String keyName = settings.getOrDefault("key", id + "/api-key");
    Optional<Secret> key = secrets.secret(keyName);
    if (needsKey && key.isEmpty()) {
      throw wrong("no key for " + model + ": put it under the name " + QilinException.quote(keyName)
          + " where secrets are kept, or name another with the setting key");
    }
    Map<String, String> others = new LinkedHashMap<>(settings);
    others.keySet().retainAll(own);
    try {
      return open(new ChatModelSettings(model, key, others));
    } catch (QilinException e) {
      throw e;
    } catch (LinkageError e) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the classes for " + model + " cannot be loaded: add the artifact of LangChain4j that has"
              + " them, in the version of its BOM",
          e);
    } catch (RuntimeException e) {
      // Without the cause: it may quote the key.
      throw wrong("LangChain4j does not open " + model + " with these settings: "
          + e.getClass().getSimpleName());
    }
  }

  /**
   * Makes the chat model and its client. Exceptions other than {@link QilinException} are taken for wrong settings, classes that
   * cannot be loaded for a missing artifact.
   *
   * @throws QilinException INVALID_CONFIGURATION for a wrong setting
   */
  protected abstract ChatModelClient open(ChatModelSettings settings);

  private void check(Map<String, String> settings) {
    Set<String> known = new TreeSet<>(COMMON);
    known.addAll(own);
    new TreeMap<>(settings).forEach((name, value) -> {
      if (!known.contains(name)) {
        throw wrong("no setting " + QilinException.quote(name) + "; there are "
            + String.join(", ", known) + NearestName.hint(name, known));
      }
      if (value.isBlank()) {
        throw wrong("the setting " + name + " is empty: give a value or leave it away");
      }
    });
  }

  private LlmModel model(Map<String, String> settings) {
    String name = settings.get("model");
    if (name == null) {
      throw wrong("the setting model is missing: name the model");
    }
    return new LlmModel(
        id,
        name,
        capabilities(settings.getOrDefault("capabilities", "")),
        count("context-tokens", settings.getOrDefault("context-tokens", "8192")),
        count("max-output-tokens", settings.getOrDefault("max-output-tokens", "2048")),
        Optional.ofNullable(settings.get("trained-until")).map(ChatModelProvider::day));
  }

  private static int count(String name, String value) {
    int count = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
    if (count < 1) {
      throw wrong("the setting " + name + " is a whole number from 1 to 999999999, was "
          + QilinException.quote(value));
    }
    return count;
  }

  private static LocalDate day(String value) {
    try {
      return LocalDate.parse(value);
    } catch (DateTimeException e) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the setting trained-until is a day like 2025-06-30, was " + QilinException.quote(value),
          e);
    }
  }

  private static Set<LlmCapability> capabilities(String value) {
    Map<String, LlmCapability> known = new TreeMap<>();
    for (LlmCapability one : LlmCapability.values()) {
      known.put(one.name().toLowerCase(Locale.ROOT).replace('_', '-'), one);
    }
    Set<LlmCapability> all = EnumSet.noneOf(LlmCapability.class);
    for (String word : value.isEmpty() ? new String[0] : value.split(",", -1)) {
      LlmCapability one = known.get(word.strip());
      if (one == null) {
        throw wrong("the setting capabilities has words of " + known.keySet() + ", was "
            + QilinException.quote(word));
      }
      all.add(one);
    }
    return all;
  }

  private static QilinException wrong(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
