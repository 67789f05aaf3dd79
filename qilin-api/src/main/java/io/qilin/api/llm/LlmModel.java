package io.qilin.api.llm;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A model as one provider serves it.
 *
 * @param provider id of the provider, for example {@code deepseek}
 * @param name the model's name there
 * @param capabilities what it can do
 * @param contextTokens tokens that question and answer may have together, positive
 * @param maxOutputTokens tokens that an answer may have, positive
 * @param trainedUntil the last day that its training may have seen (training cut-off), if declared; what it says about a day
 *     up to then may be memory instead of judgement
 */
public record LlmModel(
    String provider,
    String name,
    Set<LlmCapability> capabilities,
    int contextTokens,
    int maxOutputTokens,
    Optional<LocalDate> trainedUntil) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty name or a number of tokens that is not positive
   */
  public LlmModel {
    Objects.requireNonNull(trainedUntil, "trainedUntil");
    capabilities = capabilities.isEmpty()
        ? Set.of()
        : Collections.unmodifiableSet(EnumSet.copyOf(capabilities));
    if (provider.isBlank() || name.isBlank()) {
      throw QilinException.invalid("a model has a provider and a name, were "
          + QilinException.quote(provider) + " and " + QilinException.quote(name));
    }
    if (contextTokens < 1 || maxOutputTokens < 1) {
      throw QilinException.invalid("the tokens of " + provider + "/" + name + " are positive, were "
          + contextTokens + " and " + maxOutputTokens);
    }
  }

  /** Whether it can do something. */
  public boolean can(LlmCapability capability) {
    return capabilities.contains(capability);
  }

  /** Whether it may have seen a day in training; false if its cut-off is not declared. */
  public boolean mayRemember(LocalDate day) {
    return trainedUntil.isPresent() && !day.isAfter(trainedUntil.get());
  }

  /** For example {@code deepseek/deepseek-v4-flash}. */
  @Override
  public String toString() {
    return provider + "/" + name;
  }
}
