package io.qilin.agents.monitor;

import io.micrometer.observation.Observation;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmUsage;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * What an observation of a call knows: a handler that counts tokens or money takes them from here when
 * the observation stops. For the thread of the call, and for handlers.
 */
public final class LlmObservation extends Observation.Context {
  private final LlmModel model;
  private Optional<LlmUsage> usage = Optional.empty();
  private Optional<BigDecimal> cost = Optional.empty();

  LlmObservation(LlmModel model) {
    this.model = Objects.requireNonNull(model, "model");
  }

  void used(LlmUsage tokens, Optional<BigDecimal> money) {
    usage = Optional.of(tokens);
    cost = money;
  }

  /** The model that was asked. */
  public LlmModel model() {
    return model;
  }

  /** Tokens, if there was an answer and its server counted them. */
  public Optional<LlmUsage> usage() {
    return usage;
  }

  /** Money by the host's price list, if tokens and price are known. */
  public Optional<BigDecimal> cost() {
    return cost;
  }
}
