package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.qilin.api.llm.LlmUsage;
import io.qilin.ops.internal.Nanos;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Records what language models do: {@link QilinMeter#LLM_ROUTES}, {@link QilinMeter#LLM_TOKENS} and {@link
 * QilinMeter#LLM_COST}. No text of a question or an answer comes here. Thread-safe.
 */
public final class LlmMetrics {
  private final MeterFamilies families;
  private final BoundedMeters<Timer> routes;
  private final BoundedMeters<Counter> tokens;
  private final BoundedMeters<Counter> cost;

  LlmMetrics(MeterFamilies families) {
    this.families = families;
    this.routes = families.timers(QilinMeter.LLM_ROUTES);
    this.tokens = families.counters(QilinMeter.LLM_TOKENS);
    this.cost = families.counters(QilinMeter.LLM_COST);
  }

  /**
   * Times what came of asking one member of a router.
   *
   * @param outcome for example {@code USED} or {@code QILIN-3103}
   * @param took how long it was waited for
   */
  public void routed(String member, String outcome, Duration took) {
    families.time(QilinMeter.LLM_ROUTES, routes, List.of(member, outcome), Nanos.of(took));
  }

  /**
   * Counts tokens and money of one answer.
   *
   * @param model provider and name, for example {@code deepseek/deepseek-chat}
   * @param money in the currency of the model's price; empty if not known
   */
  public void used(String model, LlmUsage usage, Optional<BigDecimal> money) {
    tokens(model, "prompt", usage.prompt());
    tokens(model, "cached", usage.cached());
    tokens(model, "completion", usage.completion());
    money.ifPresent(amount ->
        families.count(QilinMeter.LLM_COST, cost.of(List.of(model)), amount.doubleValue()));
  }

  private void tokens(String model, String kind, long count) {
    families.count(QilinMeter.LLM_TOKENS, tokens.of(List.of(model, kind)), (double) count);
  }
}
